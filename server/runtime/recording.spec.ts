import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRecording, type Recording } from './recording.ts';

const megabyte = 1024 * 1024;
let room = 1_000 * megabyte;
let changes: boolean[] = [];
let recording: Recording;

beforeEach(() => {
  vi.useFakeTimers();
  room = 1_000 * megabyte;
  changes = [];
  recording = createRecording({
    folder: '/data',
    readRoom: async () => room,
    onChange: (isPaused) => changes.push(isPaused),
  });
});
afterEach(() => {
  recording.close();
  vi.useRealTimers();
});

const look = () => vi.advanceTimersByTimeAsync(500);

test('recording is paused while the database would soon have no room, and goes on once there is enough', async () => {
  await look();
  expect(recording.isPaused()).toBe(false);
  room = 63 * megabyte;
  await look();
  expect(recording.isPaused()).toBe(true);
  room = 80 * megabyte; // more than made it stop, and still not enough to begin again
  await look();
  expect(recording.isPaused()).toBe(true);
  room = 97 * megabyte;
  await look();
  expect(recording.isPaused()).toBe(false);
  expect(changes).toEqual([true, false]);
});

test('who works is told to stop, and waits until there is room', async () => {
  const { signal } = new AbortController();
  const paused = recording.paused();
  room = 0;
  await look();
  expect(paused.aborted).toBe(true);
  let isOpen = false;
  const open = recording.untilOpen(signal).then(() => {
    isOpen = true;
  });
  await look();
  expect(isOpen).toBe(false);
  room = 1_000 * megabyte;
  await look();
  await open;
  expect(recording.paused().aborted).toBe(false);
});

test('a refusal by the database pauses it for 5 s, wherever its disk is', async () => {
  recording.refused();
  expect(recording.isPaused()).toBe(true);
  await vi.advanceTimersByTimeAsync(4_500);
  expect(recording.isPaused()).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(changes).toEqual([true, false]);
});
