import { buildWhenStale } from './build.ts';
import { runScript } from './run-script.ts';

await runScript(async () => {
  const outcome = await buildWhenStale(console.log);
  console.log(outcome === 'fresh' ? 'The build is up to date.' : 'Built.');
});
