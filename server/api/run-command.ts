import { z } from 'zod';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { Actor, RecordedEvent } from '#domain/shared/envelope.ts';
import { commandIdSchema, type StreamId } from '#domain/shared/ids.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import type { WaybillCommand, WaybillRejection } from '#domain/waybill/decide.ts';
import { tokenless } from '#server/queries/hidden-token.ts';
import {
  bodyHmac,
  type CommandRuntime,
  handleWaybillCommand,
  type WaybillOutcome,
} from '#server/runtime/handle-command.ts';
import type { ApiContext } from './context.ts';
import { conflicted, rejected } from './refusal.ts';

/** What every mutation answers with: what was recorded, and the token of its position. */
export type Recorded = {
  readonly events: readonly RecordedEvent<DomainEvent>[];
  readonly token: string;
};

const streamIdSchema = z
  .string()
  .max(200)
  .regex(/^(order|payment|fulfillment)-/);

/**
 * Two fields of every command's input. `commandId`: made by the client (uuidv7); a retry carries the same.
 * `decidedOn`: the version of each stream that the person looked at (`waybill.versions`); without it nothing is a
 * conflict.
 */
export const commandInput = {
  commandId: commandIdSchema,
  decidedOn: z.record(streamIdSchema, z.int().min(0)).optional(),
};

/** What of an input stands for the request: the same command sent again may look at newer versions, or by a link. */
const bodyOf = (input: object): object => {
  const { decidedOn: _decidedOn, link: _link, ...body } = input as Record<string, unknown>;
  return body;
};

/** The answer for an outcome; throws the refusal otherwise. */
export const answerFor = (outcome: WaybillOutcome): Recorded => {
  switch (outcome.status) {
    case 'accepted':
      return { events: tokenless(outcome.events), token: outcome.token };
    case 'rejected':
      throw rejected(outcome.rejection, outcome.token);
    case 'conflict':
      throw conflicted(tokenless(outcome.events), outcome.token);
    case 'refused':
      throw rejected({ code: outcome.reason });
    default: {
      const never: never = outcome;
      throw new Error(`No such outcome: ${JSON.stringify(never)}`);
    }
  }
};

/**
 * The answer that a command id got before, null when it is new. For what is refused before a command exists: a retry
 * must hear its first answer, whatever has changed since.
 */
export const firstAnswerFor = async (
  runtime: CommandRuntime,
  request: { readonly commandId: string; readonly actor: Actor; readonly body: unknown },
): Promise<Recorded | null> => {
  const { commandId, actor, body } = request;
  const hmac = bodyHmac(runtime.commandHmacKey, body);
  const [stored] = await runtime.store.readOutcomes([{ commandId, actor, bodyHmac: hmac }]);
  if (!stored) return null;
  if (!stored.sameRequest) throw rejected({ code: 'CommandIdReused' });
  const token = formatPosition(stored.token);
  if (stored.outcome.status === 'rejected') throw rejected(stored.outcome.rejection as WaybillRejection, token);
  return { events: tokenless(stored.events), token };
};

/**
 * Like `runCommand`, for a command that has to be made first: priced, or checked against what the order is now. A retry
 * hears its first answer, even where the command could no longer be made.
 */
export const runPrepared = async (
  ctx: Pick<ApiContext, 'runtime'> & { readonly actor: Actor },
  orderId: string,
  input: Parameters<typeof runCommand>[2],
  prepare: () => Promise<WaybillCommand>,
): Promise<Recorded> => {
  const request = { commandId: input.commandId, actor: ctx.actor, body: bodyOf(input) };
  const first = await firstAnswerFor(ctx.runtime, request);
  if (first) return first;
  let command: WaybillCommand;
  try {
    command = await prepare();
  } catch (error) {
    // Its twin, sent at the same moment, may be why it can no longer be made: then the twin's answer is this one's too.
    const meanwhile = await firstAnswerFor(ctx.runtime, request);
    if (meanwhile) return meanwhile;
    throw error;
  }
  return runCommand(ctx, orderId, input, command);
};

/**
 * Runs one command on an order for the caller, exactly once per command id. `input` is the procedure's parsed input:
 * with the id it makes the request that a retry must repeat. Rejections and conflicts are thrown as typed errors.
 */
export const runCommand = async (
  ctx: Pick<ApiContext, 'runtime'> & { readonly actor: Actor },
  orderId: string,
  input: {
    readonly commandId: string;
    readonly decidedOn?: Readonly<Record<string, number>> | undefined;
  },
  command: WaybillCommand,
): Promise<Recorded> =>
  answerFor(
    await handleWaybillCommand(ctx.runtime, {
      commandId: input.commandId,
      actor: ctx.actor,
      body: bodyOf(input),
      orderKey: orderId,
      command,
      ...(input.decidedOn ? { decidedOn: input.decidedOn as Readonly<Record<StreamId, number>> } : {}),
    }),
  );
