import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import { seal, unseal } from './envelope-crypto.ts';
import { EventStoreError } from './errors.ts';

export type SubjectKey = { readonly subjectId: string; readonly keyId: string; readonly key: KeyObject };

/** The keys of personal data: one living key a subject (customer or guest), wrapped by the master key. */
export type SubjectKeys = {
  /** The living key of each subject; makes those that are missing. Concurrent calls share one round trip. */
  forWriting(subjectIds: Iterable<string>): Promise<ReadonlyMap<string, SubjectKey>>;
  /** Keys by id; null where destroyed. Throws `KeyMissing` for one that was never stored. */
  byId(keyIds: Iterable<string>): Promise<ReadonlyMap<string, KeyObject | null>>;
  /** Erases a person: at once in this process, within `cacheMs` in all others. Returns how many keys that destroyed. */
  destroy(subjectId: string): Promise<number>;
};

export type SubjectKeysOptions = {
  readonly sql: Database;
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
  /** How long an unwrapped key is remembered: the longest that a destroyed one still works elsewhere. Default 2,000. */
  readonly cacheMs?: number;
  readonly cachedMax?: number;
};

type KeyRow = { readonly key_id: string; readonly subject_id: string; readonly wrapped_key: Buffer | null };

const wrapPlace = (subjectId: string, keyId: string): string => `subject key ${keyId}\n${subjectId}`;

export const createSubjectKeys = ({
  sql,
  masterKey,
  cacheMs = 2_000,
  cachedMax = 10_000,
}: SubjectKeysOptions): SubjectKeys => {
  const living = new LRUCache<string, SubjectKey>({ max: cachedMax, ttl: cacheMs });
  const unwrapped = new LRUCache<string, { readonly key: KeyObject | null }>({ max: cachedMax, ttl: cacheMs });

  const master = createSecretKey(masterKey);
  const unwrap = ({ key_id, subject_id, wrapped_key }: KeyRow): KeyObject | null =>
    wrapped_key && createSecretKey(unseal(master, wrapped_key, wrapPlace(subject_id, key_id)));

  /** The living keys, and new ones where there were none: most buyers at a rush are new, so both in one round trip. */
  const findOrMake = async (subjectIds: readonly string[], found: Map<string, SubjectKey>): Promise<void> => {
    // Sorted, so that two processes that make the same keys wait for each other in one order.
    const made = subjectIds.toSorted().map((subjectId) => ({ subjectId, keyId: randomUUID(), key: randomBytes(32) }));
    const wrapped = made.map(({ subjectId, keyId, key }) =>
      seal(master, key, wrapPlace(subjectId, keyId)).toString('base64'),
    );
    const ids = made.map(({ subjectId }) => subjectId);
    // The second part sees what was there before the first; a rival's key of this very moment is seen by neither.
    // Its commit must be waited for: what a crash forgot would go on encrypting from memory, for nobody to read.
    const rows = await sql<KeyRow[]>`
      with kept as (
        insert into es.subject_keys (key_id, subject_id, wrapped_key)
        select key_id, subject_id, decode(wrapped_key, 'base64')
        from unnest(${made.map(({ keyId }) => keyId)}::uuid[], ${ids}::text[], ${wrapped}::text[])
          as made (key_id, subject_id, wrapped_key)
        on conflict (subject_id) where destroyed_at is null do nothing
        returning key_id, subject_id, null::bytea as wrapped_key
      )
      select key_id, subject_id, wrapped_key from kept
      union all
      select key_id, subject_id, wrapped_key from es.subject_keys
      where subject_id = any(${ids}) and destroyed_at is null`;
    const ours = new Map<string, (typeof made)[number]>(made.map((key) => [key.keyId, key]));
    for (const row of rows) {
      const own = ours.get(row.key_id);
      const key = own ? createSecretKey(own.key) : unwrap(row);
      if (key) found.set(row.subject_id, { subjectId: row.subject_id, keyId: row.key_id, key });
    }
  };

  const obtain = async (subjectIds: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>> => {
    const found = new Map<string, SubjectKey>();
    // Again where a rival made the key at the same moment, or one was destroyed; that can't go on for long.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const missing = subjectIds.filter((subjectId) => !found.has(subjectId));
      if (missing.length === 0) break;
      await findOrMake(missing, found);
    }
    for (const key of found.values()) {
      living.set(key.subjectId, key);
      unwrapped.set(key.keyId, { key: key.key });
    }
    return found;
  };

  // While one batch is under way the next gathers: a rush of new guests costs few round trips.
  let gathering: { readonly subjectIds: Set<string>; readonly keys: Promise<ReadonlyMap<string, SubjectKey>> } | null =
    null;
  let running: Promise<unknown> = Promise.resolve();

  const gather = (subjectIds: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>> => {
    if (gathering) {
      for (const subjectId of subjectIds) gathering.subjectIds.add(subjectId);
      return gathering.keys;
    }
    const wanted = new Set(subjectIds);
    const keys = running.then(() => {
      gathering = null;
      return obtain([...wanted]);
    });
    running = keys.catch(() => undefined);
    gathering = { subjectIds: wanted, keys };
    return keys;
  };

  const forWriting: SubjectKeys['forWriting'] = async (subjectIds) => {
    const result = new Map<string, SubjectKey>();
    const missing: string[] = [];
    for (const subjectId of new Set(subjectIds)) {
      const key = living.get(subjectId);
      if (key) result.set(subjectId, key);
      else missing.push(subjectId);
    }
    if (missing.length === 0) return result;
    const found = await gather(missing);
    for (const subjectId of missing) {
      const key = found.get(subjectId);
      if (!key) throw new EventStoreError('KeyMissing', `No key could be made for subject ${subjectId}.`);
      result.set(subjectId, key);
    }
    return result;
  };

  const byId: SubjectKeys['byId'] = async (keyIds) => {
    const result = new Map<string, KeyObject | null>();
    const missing: string[] = [];
    for (const keyId of new Set(keyIds)) {
      const cached = unwrapped.get(keyId);
      if (cached) result.set(keyId, cached.key);
      else missing.push(keyId);
    }
    if (missing.length === 0) return result;
    const rows = await sql<KeyRow[]>`
      select key_id, subject_id, wrapped_key from es.subject_keys where key_id = any(${missing}::uuid[])`;
    for (const row of rows) {
      const key = unwrap(row);
      unwrapped.set(row.key_id, { key });
      result.set(row.key_id, key);
    }
    const never = missing.find((keyId) => !result.has(keyId));
    if (never !== undefined) throw new EventStoreError('KeyMissing', `Subject key ${never} was never stored.`);
    return result;
  };

  const destroy: SubjectKeys['destroy'] = async (subjectId) => {
    const rows = await sql<{ key_id: string }[]>`
      update es.subject_keys set wrapped_key = null, destroyed_at = clock_timestamp()
      where subject_id = ${subjectId} and destroyed_at is null
      returning key_id`;
    living.delete(subjectId);
    for (const { key_id } of rows) unwrapped.delete(key_id);
    return rows.length;
  };

  return { forWriting, byId, destroy };
};
