import type { Part } from '../part.ts';
import { raceExpiry } from '../processes/expiry-races.ts';

const racesOf = { small: 12, full: 1_000 } as const;

/** The end of a reservation, the bank's yes, and a rival who wants the same piece, all at one moment. */
export const part: Part = {
  name: 'expiry-race',
  about: 'a reservation runs out while its payment comes through, and another wants the goods',
  sizes: { small: '12 races', full: '1,000 races' },
  isInTests: true,
  run: async ({ size, random, check, withDatabase }) => {
    const { broken, ...figures } = await withDatabase((env) => raceExpiry(env, random, racesOf[size]));
    const such = broken.length === 0 ? {} : { such: broken.slice(0, 5).join('; ') };
    check('No paid order is without stock, and no stock is lost', broken.length === 0, {
      ...figures,
      broken: broken.length,
      ...such,
    });
    // One timer fires for all of a round: a few races may well have one winner.
    const isRace = size === 'small' || (figures.won > 0 && figures.ranOut > 0 && figures.soldToRival > 0);
    check('The race is one: the bank, the clock and the rival each win some', isRace, figures);
  },
};
