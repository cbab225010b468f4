import { parse, v5 } from 'uuid';

const utf8 = new TextEncoder();

/** As uuid-v5.ts, where there is no node. The name goes as bytes: the library goes through a text letter by letter. */
export const createUuidV5 = (namespace: string): ((name: string) => string) => {
  const bytes = parse(namespace);
  return (name) => v5(utf8.encode(name), bytes);
};
