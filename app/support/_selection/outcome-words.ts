import { formatCount } from '../../_ui/format.ts';
import type { BulkResult } from './bulk-run.ts';
import { countOf } from './count-of.ts';

/** "10 orders tagged vip, 1 was so already, 2 refused, 1 failed": nothing that was asked for is left out. */
export const outcomeWords = (results: readonly BulkResult[], done: string): string => {
  const of = (state: BulkResult['state']) => results.filter((result) => result.state === state);
  const count = (state: BulkResult['state']) => of(state).length;
  const [changed, same] = [of('done'), count('unchanged')];
  return [
    changed.length > 0 ? `${countOf(changed.map(({ order }) => order))} ${done}` : '',
    same > 0 ? `${formatCount(same)} ${same === 1 ? 'was' : 'were'} so already` : '',
    count('sending') > 0 ? `${formatCount(count('sending'))} on the way` : '',
    count('refused') > 0 ? `${formatCount(count('refused'))} refused` : '',
    count('failed') > 0 ? `${formatCount(count('failed'))} failed` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
};
