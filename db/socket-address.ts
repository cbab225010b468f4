import { connect } from 'node:net';
import { join } from 'node:path';

// 108 bytes on Linux and 104 on macOS, with a final zero; the server puts a lock beside it.
const pathMost = 103;

/**
 * The folder for a server's socket: its own, which nobody else may enter. To who is on the same machine it costs two
 * thirds of TCP (measured). Null where its path would be too long for a socket.
 */
export const socketFolderOf = (dataFolder: string): string | null =>
  Buffer.byteLength(join(dataFolder, '.s.PGSQL.65535')) <= pathMost ? dataFolder : null;

/** The folder of the socket on which a server takes our connections; null where we may not, or can't, use it. */
export const openSocketFolder = (dataFolder: string, port: number): Promise<string | null> => {
  const folder = socketFolderOf(dataFolder);
  if (folder === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect(join(folder, `.s.PGSQL.${port}`));
    const answer = (found: string | null) => () => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', answer(folder)).once('error', answer(null));
  });
};

/** The same address by way of the server's socket, as libpq writes it: `?host=/folder`. */
export const overSocket = (url: string, folder: string | null): string => {
  if (folder === null) return url;
  const address = new URL(url);
  address.searchParams.set('host', folder);
  return address.href;
};

/** The same address by way of TCP. */
export const overTcp = (url: string): string => {
  const address = new URL(url);
  address.searchParams.delete('host');
  return address.href;
};

/** What the driver takes: it knows a socket's folder only as an option, and would send `host` to the server. */
export const driverAddress = (url: string): { readonly url: string; readonly options: { readonly host?: string } } => {
  const host = new URL(url).searchParams.get('host');
  return { url: overTcp(url), options: host === null ? {} : { host } };
};
