import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Env } from '#server/env.ts';

/**
 * The process's log, as JSON lines. Personal data never goes in: ids, codes and durations only. The redaction is a
 * net below that rule, not the rule.
 */
export const createLog = (env: Pick<Env, 'LOG_LEVEL'>, name: 'web' | 'worker'): Logger =>
  pino({
    name,
    level: env.LOG_LEVEL,
    base: { name, pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'email',
        'phone',
        'street',
        'recipient',
        'contact',
        'password',
        'cookie',
        'authorization',
        '*.email',
        '*.password',
      ],
      censor: '[redacted]',
    },
  });
