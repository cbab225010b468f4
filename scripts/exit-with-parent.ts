// Preloaded (`node --import`) into what the supervisor starts: a supervisor that is killed can't tell its children.
const graceMs = 3000;

// What we start may start workers of its own with the same flags (next build does), and lives by their channels.
if (process.env.WAYBILL_STARTED_BY === String(process.ppid)) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Watching alone must not keep a process alive that has finished.
  process.channel?.unref();
}
