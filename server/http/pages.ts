import type { RequestListener, Server } from 'node:http';
import next from 'next';
import type { Env } from '#server/env.ts';

export type Pages = { readonly handle: RequestListener; readonly close: () => Promise<void> };

export type PagesOptions = {
  readonly env: Pick<Env, 'HOST' | 'PORT'>;
  /** Hot reload talks over its upgrades in development. */
  readonly server: Server;
  /** Where `next.config.ts` is. */
  readonly folder: string;
  readonly isDevelopment: boolean;
};

/** Next behind our server: it renders pages and serves its own files, nothing else. */
export const openPages = async ({ env, server, folder, isDevelopment }: PagesOptions): Promise<Pages> => {
  const app = next({
    dev: isDevelopment,
    dir: folder,
    hostname: env.HOST,
    port: env.PORT,
    httpServer: server,
    // Next prints whole errors of pages otherwise, values included; its request logs repeat ours.
    quiet: !isDevelopment,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (req, res) => void handle(req, res), close: () => app.close() };
};
