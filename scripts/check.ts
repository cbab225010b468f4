import { runGates } from './gates.ts';
import { addTallies, report } from './tally.ts';

process.exitCode = report(addTallies(await runGates()));
