// An import as a process of its own, so that a test can kill it: node import-process.ts <database url> <folder>.
import { closeSql, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { importOlist } from '../import-olist.ts';

// The key is that of server/event-store/testing/test-store.ts, which only a test runner can load.
const [url, folder] = process.argv.slice(2);
if (!url || !folder) throw new Error('Which database, which folder?');
const sql = openSql(url, { max: 6, applicationName: 'test-import' });
const codec = createCodec(registry, createSubjectKeys({ sql, masterKey: Buffer.alloc(32, 7) }));
await importOlist({ sql, store: createEventStore({ sql, codec }), folder, batchOrdersMax: 20 });
await closeSql(sql);
