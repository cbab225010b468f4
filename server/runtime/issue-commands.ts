import type { InventoryCommand } from '#domain/inventory/decide.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import { isOfTheCommand } from '#server/event-store/errors.ts';
import { completeForInventory, completeForWaybill } from '#server/processes/complete-intents.ts';
import type { IssuedCommand } from '#server/processes/define-process.ts';
import { isInventoryIntent } from '#server/processes/intents.ts';
import type { CommandRuntime } from './handle-command.ts';
import { handleInventoryCommands } from './handle-inventory-commands.ts';
import { handleWaybillCommands, type OnAppended, type SystemOutcome } from './handle-waybill-commands.ts';

/** A command that a process has decided on, with what it follows from. */
export type ProcessRequest = IssuedCommand & {
  readonly orderKey: string;
  readonly correlationId: string;
  /** The event that the process reacted to. */
  readonly causationId: string;
};

export type Answered = { readonly request: ProcessRequest; readonly outcome: SystemOutcome };

const actorOf = ({ process }: ProcessRequest): Actor => ({ id: `process:${process}`, role: 'system' });

type StockRequest = { readonly request: ProcessRequest; readonly command: InventoryCommand };

const askStock = async (
  runtime: CommandRuntime,
  asked: readonly StockRequest[],
  onAppended?: OnAppended,
): Promise<Answered[]> => {
  const outcomes = await handleInventoryCommands(
    runtime,
    asked.map(({ request, command }) => {
      const { commandId, correlationId, causationId } = request;
      return { commandId, actor: actorOf(request), body: null, command, correlationId, causationId };
    }),
    onAppended,
  );
  return asked.map(({ request }, index): Answered => {
    const outcome = outcomes[index];
    if (!outcome || outcome.status === 'refused')
      throw new Error(`Command ${request.commandId} of ${request.process} was issued by somebody else before`);
    return { request, outcome };
  });
};

/** Those against one SKU together. Where one of them can't be stored, each by itself, so that it fails alone. */
const askForSku = async (
  runtime: CommandRuntime,
  asked: readonly StockRequest[],
  onAppended?: OnAppended,
): Promise<Answered[]> => {
  try {
    return await askStock(runtime, asked, onAppended);
  } catch (error) {
    if (!isOfTheCommand(error)) throw error;
    const [only, another] = asked;
    if (only && !another) return [{ request: only.request, outcome: { status: 'failed', error } }];
    const answered: Answered[] = [];
    for (const one of asked) answered.push(...(await askForSku(runtime, [one], onAppended)));
    return answered;
  }
};

const issueToInventory = async (
  runtime: CommandRuntime,
  requests: readonly ProcessRequest[],
  now: Date,
  onAppended?: OnAppended,
) => {
  const asked = requests.flatMap((request) =>
    isInventoryIntent(request.intent) ? [{ request, command: completeForInventory(request.intent, now) }] : [],
  );
  const bySku = Map.groupBy(asked, ({ command }) => command.sku);
  return (await Promise.all([...bySku.values()].map((some) => askForSku(runtime, some, onAppended)))).flat();
};

const issueToWaybills = async (
  runtime: CommandRuntime,
  requests: readonly ProcessRequest[],
  onAppended?: OnAppended,
) => {
  const outcomes = await handleWaybillCommands(
    runtime,
    requests.map((request) => {
      const { commandId, orderKey, correlationId, causationId, intent } = request;
      return {
        commandId,
        actor: actorOf(request),
        orderKey,
        correlationId,
        causationId,
        command: (waybill) => (isInventoryIntent(intent) ? null : completeForWaybill(intent, waybill)),
      };
    }),
    onAppended,
  );
  return requests.map((request, index): Answered => ({ request, outcome: outcomes[index] ?? { status: 'moot' } }));
};

/**
 * Issues what processes want, in as few transactions as possible: commands against one SKU together, those against
 * one order together. Each id once. Throws on infrastructure errors only; given again, nothing is done twice.
 */
export const issueCommands = async (
  runtime: CommandRuntime,
  requests: readonly ProcessRequest[],
  now: Date,
  onAppended?: OnAppended,
): Promise<Answered[]> => {
  const once = [...new Map(requests.map((request) => [request.commandId, request])).values()];
  const [stock, orders] = await Promise.all([
    issueToInventory(
      runtime,
      once.filter(({ intent }) => isInventoryIntent(intent)),
      now,
      onAppended,
    ),
    issueToWaybills(
      runtime,
      once.filter(({ intent }) => !isInventoryIntent(intent)),
      onAppended,
    ),
  ]);
  return [...stock, ...orders];
};
