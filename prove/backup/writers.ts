import { closeSql, openSql } from '#db/clients.ts';
import { readHorizon } from '#server/event-store/horizon.ts';
import { inventoryStream, receiving } from '#server/event-store/testing/units.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { openStore } from '../store.ts';

export const liveSku = 'LIVE-';
export const liveStreams = inventoryStream(liveSku);

export type Written = {
  readonly appends: number;
  readonly slowestMs: number;
  readonly horizonAgeMs: number;
  /** Sessions of the backup that were seen with an xid. */
  readonly backupXids: number;
  /** Events that a reader below the horizon could not see within a second of their answer. */
  readonly unseen: number;
};

/** Appends, one after the other in each of four lanes, and reads each event below the horizon, until it is stopped. */
export const startWriters = (env: ScratchEnv) => {
  const process = openStore(env, { max: 6, applicationName: 'prove-writer' });
  const observer = openSql(env.DATABASE_URL, { max: 1, applicationName: 'prove-observer' });
  let isWriting = true;
  const seen = { appends: 0, slowestMs: 0, horizonAgeMs: 0, backupXids: 0, unseen: 0 };
  const write = async (lane: number): Promise<void> => {
    for (let version = 0; isWriting; version += 1) {
      const began = performance.now();
      const [outcome] = await process.store.append([receiving(`${liveSku}${lane}`, version)]);
      if (outcome?.status !== 'appended') throw new Error(`Not appended: ${outcome?.status}`);
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began);
      seen.appends += 1;
    }
  };
  const read = async (): Promise<void> => {
    while (isWriting) {
      const [last] = await observer<{ position: number; transaction_id: string; incarnation: number }[]>`
        select position, transaction_id, incarnation from es.events
        order by incarnation desc, transaction_id desc, position desc limit 1`;
      const answered = performance.now();
      let isSeen = last === undefined;
      while (last && !isSeen && performance.now() - answered < 1_000) {
        const after = {
          incarnation: last.incarnation,
          transactionId: Number(last.transaction_id),
          position: last.position - 1,
        };
        isSeen = (await process.store.readAll(after, 1)).events.length > 0;
      }
      if (!isSeen) seen.unseen += 1;
      seen.horizonAgeMs = Math.max(seen.horizonAgeMs, (await readHorizon(observer)).ageMs);
      const [backup] = await observer<{ xids: number }[]>`
        select count(backend_xid) as xids from pg_stat_activity where application_name = 'waybill-backup'`;
      seen.backupXids += backup?.xids ?? 0;
    }
  };
  const work = Promise.all([...[0, 1, 2, 3].map(write), read()]);
  work.catch(() => undefined);
  return {
    stop: async (): Promise<Written> => {
      isWriting = false;
      try {
        await work;
      } finally {
        await Promise.all([process.close(), closeSql(observer, 2)]);
      }
      return { ...seen, slowestMs: Math.round(seen.slowestMs), horizonAgeMs: Math.round(seen.horizonAgeMs) };
    },
  };
};
