import { parentPort, workerData } from 'node:worker_threads';
import { type Range, runRange } from './run-range.ts';

// A thread of `prove/parts/simulation.ts`.
const result = await runRange(workerData as Range, (broken) => parentPort?.postMessage({ type: 'seed', broken }));
parentPort?.postMessage({ type: 'result', result });
