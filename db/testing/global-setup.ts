import type { TestProject } from 'vitest/node';
import { startTestCluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** TCP port of the cluster that this run's integration tests share. */
    testClusterPort: number;
  }
}

/** Vitest calls this once a run: one throw-away cluster for all `*.it.ts`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('testClusterPort', cluster.port);
  return cluster.stop;
}
