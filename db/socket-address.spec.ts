import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { driverAddress, openSocketFolder, overSocket, overTcp, socketFolderOf } from './socket-address.ts';

const tcp = 'postgres://waybill_app:a%2Fb@127.0.0.1:5433/waybill';

test('an address by way of a socket is parted into what the driver takes', () => {
  const address = overSocket(`${tcp}?synchronous_commit=off`, '/home/ines/way bill & co/.waybill/postgres');
  const { url, options } = driverAddress(address);
  expect(options).toEqual({ host: '/home/ines/way bill & co/.waybill/postgres' });
  expect(url).toBe(`${tcp}?synchronous_commit=off`);
  expect(overTcp(address)).toBe(url);
});

test('an address by way of TCP stays what it is', () => {
  expect(driverAddress(tcp)).toEqual({ url: tcp, options: {} });
  expect(overSocket(tcp, null)).toBe(tcp);
});

test('a folder whose path is too long for a socket has none', () => {
  expect(socketFolderOf('/home/ines/.waybill/postgres')).toBe('/home/ines/.waybill/postgres');
  expect(socketFolderOf(`/home/${'ü'.repeat(50)}/.waybill/postgres`)).toBeNull();
});

test('a socket on which nobody answers is not used', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill socket '));
  expect(await openSocketFolder(folder, 5433)).toBeNull();
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(join(folder, '.s.PGSQL.5433'), resolve));
  expect(await openSocketFolder(folder, 5433)).toBe(folder);
  server.close();
  await rm(folder, { recursive: true });
});
