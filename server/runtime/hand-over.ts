import { oneByteJson } from '#db/one-byte-json.ts';
import { joinRows, rowOfFields, textField } from '#db/separated-text.ts';
import { type EffectLane, laneOf } from '#server/processes/effects.ts';
import type { EffectExecutor } from './effect-executor.ts';
import type { RequestedEffect } from './process-batch.ts';

export type EffectExecutors = Readonly<Record<EffectLane, Pick<EffectExecutor, 'reserve' | 'wake'>>>;

/** `standing`: the effects that had been written before, and are whoever's they were. */
export type WriteOutcome =
  | { readonly status: 'written'; readonly standing: readonly string[] }
  | { readonly status: 'refused' }
  | { readonly status: 'unknown' };

export type HandedOver = {
  /** As `proc.write_batch` takes them. */
  readonly rows: string;
  /** To be called once, after the write. Throws the driver's error. */
  end(outcome: WriteOutcome): Promise<void>;
};

/**
 * Has the executors of this worker lease effects at birth, as many as they have room for, so that each is begun as soon
 * as it is written. What they have no room for is due at once, for whoever is first.
 */
export const handOver = (
  requested: readonly RequestedEffect[],
  now: Date,
  executors: EffectExecutors | undefined,
): HandedOver => {
  const requestedAt = now.toISOString();
  const lanes = [...Map.groupBy(requested, ({ effect }) => laneOf(effect))].map(([lane, effects]) => {
    const executor = executors?.[lane];
    const reserved = executor?.reserve(effects.length);
    return { lane, executor, reserved, leased: effects.slice(0, reserved?.room ?? 0), effects };
  });
  const rows = lanes.flatMap(({ lane, reserved, effects }) =>
    effects.map(({ effectId, orderKey, effect, correlationId, causationId }, nth) => {
      const lease = reserved && nth < reserved.room ? reserved : null;
      return rowOfFields([
        effectId,
        lane,
        textField(orderKey),
        oneByteJson(effect),
        textField(correlationId),
        causationId,
        requestedAt,
        lease?.leaseId ?? null,
        lease?.dueAt.toISOString() ?? null,
      ]);
    }),
  );
  return {
    rows: joinRows(rows),
    end: async (outcome) => {
      const standing = new Set(outcome.status === 'written' ? outcome.standing : []);
      await Promise.all(
        lanes.map(async ({ executor, reserved, leased, effects }) => {
          if (effects.length > leased.length) executor?.wake();
          if (outcome.status === 'unknown') return reserved?.doubt(leased);
          const own = outcome.status === 'written' ? leased.filter(({ effectId }) => !standing.has(effectId)) : [];
          return reserved?.begin(own);
        }),
      );
    },
  };
};
