import { startTestCluster } from '#db/testing/cluster.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import { readEnv } from '#server/env.ts';
import { type ScratchEnv, scratchFolder } from '../../scripts/scratch-database.ts';
import type { Part } from '../part.ts';
import { type PartOutcome, runPart } from '../run-part.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

/** Runs a part in its small size, as a test: on a cluster of its own, since parts hold horizons back and kill backends. */
export const runSmall = async (part: Part, seed: number): Promise<PartOutcome> => {
  const folder = scratchFolder(`prove-${part.name}-test`);
  try {
    return await runPart(part, {
      size: 'small',
      seed,
      say: () => undefined,
      folder: folder.path,
      withDatabase: async (use) => {
        const cluster = await startTestCluster();
        try {
          const database = await createTestDatabase(cluster.port);
          const env = readEnv({
            NODE_ENV: 'test',
            DATABASE_URL: database.ownerUrl,
            APP_DATABASE_URL: database.appUrl,
            WORKER_DATABASE_URL: database.workerUrl,
            WAYBILL_DATA_DIR: folder.path,
            WAYBILL_MASTER_KEY: key(7),
            WAYBILL_COMMAND_HMAC_KEY: key(8),
            WAYBILL_LINK_KEY: key(9),
            BETTER_AUTH_SECRET: 'a secret for tests only, of 32 characters or more',
            GATEWAY_WEBHOOK_SECRET: 'another secret for tests only, just as long',
            LOG_LEVEL: 'silent',
            WAYBILL_TEST_MODE: '1',
          });
          return await use({ ...env, DATABASE_URL: database.ownerUrl } satisfies ScratchEnv);
        } finally {
          await cluster.stop();
        }
      },
    });
  } finally {
    await folder.remove();
  }
};
