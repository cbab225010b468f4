import { type DomainEvent, streamOf } from '#domain/events/registry.ts';
import { decide as decideInventory, type InventoryCommand } from '#domain/inventory/decide.ts';
import { evolve as evolveInventory } from '#domain/inventory/evolve.ts';
import { type Inventory, untracked } from '#domain/inventory/state.ts';
import { fold } from '#domain/shared/decider.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Actor, Origin } from '#domain/shared/envelope.ts';
import { beginning } from '#domain/shared/store-position.ts';
import { decide as decideWaybill, type WaybillCommand } from '#domain/waybill/decide.ts';
import { blankWaybill, evolve as evolveWaybill, type Waybill } from '#domain/waybill/state.ts';
import type { AppendCommand, AppendUnit } from '#server/event-store/event-store.ts';

export type When = { readonly at: Date; readonly actor: Actor; readonly origin: Origin };

/**
 * Writes believable pasts: each step is decided by the product's own deciders, at its business time, so that the
 * seed can't tell a story that the rules forbid. A refused step is a mistake in the seed, and throws.
 */
export const createHistorian = () => {
  const waybills = new Map<string, Waybill>();
  const stocks = new Map<string, Inventory>();
  const commandsOf = new Map<string, AppendCommand[]>();
  let count = 0;

  const record = (
    key: string,
    correlationId: string,
    command: { readonly type: string },
    { at, actor, origin }: When,
    events: readonly DomainEvent[],
  ): void => {
    count += 1;
    const recorded: AppendCommand = {
      commandId: derivedId('seed', command.type, key, String(count)),
      actor,
      bodyHmac: null,
      correlationId,
      causationId: null,
      origin,
      occurredAt: at.toISOString(),
      outcome: { status: 'accepted' },
      events,
    };
    commandsOf.set(key, [...(commandsOf.get(key) ?? []), recorded]);
  };

  const unitFor = (key: string): AppendUnit => {
    const commands = commandsOf.get(key) ?? [];
    const streams = new Set(commands.flatMap(({ events }) => events.map((event) => streamOf(event).streamId)));
    return { expected: [...streams].map((streamId) => ({ streamId, version: 0 })), commands, readTo: beginning };
  };

  return {
    waybillOf: (orderKey: string): Waybill => waybills.get(orderKey) ?? blankWaybill,

    waybills: (): readonly Waybill[] => [...waybills.values()],

    stockOf: (sku: string): Inventory => stocks.get(`inventory-${sku}`) ?? untracked,

    onOrder: (orderKey: string, command: WaybillCommand, when: When): readonly DomainEvent[] => {
      const before = waybills.get(orderKey) ?? blankWaybill;
      const decision = decideWaybill(command, before);
      if (!decision.ok) throw new Error(`The seed's ${command.type} was refused: ${decision.rejection.code}`);
      waybills.set(orderKey, fold(evolveWaybill, before, decision.events));
      record(orderKey, derivedId('seed-order', orderKey), command, when, decision.events);
      return decision.events;
    },

    onStock: (command: InventoryCommand, orderKey: string | null, when: When): readonly DomainEvent[] => {
      const key = `inventory-${command.sku}`;
      const before = stocks.get(key) ?? untracked;
      const decision = decideInventory(command, before);
      if (!decision.ok) throw new Error(`The seed's ${command.type} was refused: ${decision.rejection.code}`);
      stocks.set(key, fold(evolveInventory, before, decision.events));
      record(key, derivedId('seed-order', orderKey ?? key), command, when, decision.events);
      return decision.events;
    },

    /** Orders first: the checkout then knows an order before it hears of its stock. */
    units: (): AppendUnit[] => {
      const keys = [...commandsOf.keys()];
      const isStock = (key: string) => key.startsWith('inventory-');
      return [...keys.filter((key) => !isStock(key)), ...keys.filter(isStock)].map(unitFor);
    },
  };
};

export type Historian = ReturnType<typeof createHistorian>;
