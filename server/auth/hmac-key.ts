import { createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const keys = new LRUCache<string, KeyObject>({ max: 16 });

/** A configured secret as a key, made once: one given as bytes is made anew at every call, for 14 of its 18 µs. */
export const hmacKey = (secret: string, encoding: 'base64' | 'utf8'): KeyObject => {
  const id = `${encoding}:${secret}`;
  const known = keys.get(id);
  if (known) return known;
  const key = createSecretKey(Buffer.from(secret, encoding));
  keys.set(id, key);
  return key;
};
