import type { Part } from '../part.ts';
import { forge } from '../processes/forgeries.ts';
import { runKilled } from '../processes/killed-runs.ts';
import { tellTwice } from '../processes/webhook-twins.ts';

const runsOf = { small: 6, full: 1_000 } as const;
const twinsOf = { small: 4, full: 500 } as const;
const forgeriesOf = { small: 24, full: 1_000 } as const;

const some = (broken: readonly string[]) => (broken.length === 0 ? {} : { such: broken.slice(0, 5).join('; ') });

/** The processes, executors and webhooks on a real PostgreSQL, with deaths at every step. */
export const part: Part = {
  name: 'processes',
  about: 'every process step killed before and after its effect; webhooks doubled, shuffled, days late and forged',
  sizes: {
    small: '6 orders killed, 4 stories told twice, 24 forgeries',
    full: '1,000 orders killed, 500 stories told twice, 1,000 forgeries',
  },
  isInTests: true,
  run: async ({ size, random, say, check, withDatabase }) =>
    withDatabase(async (env) => {
      const { broken, ...figures } = await runKilled(env, random, runsOf[size]);
      check(
        'Each order, changed and sent back, moves its money and its stock once, whoever is killed',
        broken.length === 0 && figures.kills > 0,
        { ...figures, broken: broken.length, ...some(broken) },
      );
      say(`${figures.kills} kills`);
      const twins = await tellTwice(env, random, twinsOf[size]);
      check(
        'Webhooks doubled, shuffled and three days late lead to the same end as in order',
        twins.broken.length === 0,
        { stories: twins.stories, late: twins.late, broken: twins.broken.length, ...some(twins.broken) },
      );
      const forgeries = await forge(env, random, forgeriesOf[size]);
      check('Forged and stale signatures are refused, and replays change nothing', forgeries.broken.length === 0, {
        tried: forgeries.tried,
        broken: forgeries.broken.length,
        ...some(forgeries.broken),
      });
    }),
};
