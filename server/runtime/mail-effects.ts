import type { DomainEvent } from '#domain/events/registry.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { createBatcher } from '#server/adapters/batcher.ts';
import type { Known } from '#server/adapters/mail/body.ts';
import { compose } from '#server/adapters/mail/compose.ts';
import type { KeptMails } from '#server/adapters/mail/kept-mails.ts';
import type { Delivery, Mail, Mailer } from '#server/adapters/mail/mail.ts';
import { orderLinkEnd, signOrderLink } from '#server/auth/order-link.ts';
import type { MailTemplate } from '#server/processes/effects.ts';
import type { WarehouseName } from '#server/queries/admin-warehouses.ts';
import type { EffectResult, LeasedEffect, PerformEffects } from './effect-executor.ts';
import type { CommandRuntime } from './handle-command.ts';
import { handleWaybillCommands } from './handle-waybill-commands.ts';
import { knownFrom } from './waybill-memory.ts';

export type MailEffectsOptions = {
  readonly runtime: CommandRuntime;
  readonly mailer: Mailer;
  readonly kept: KeptMails;
  /** Where the customer reaches the shop, without a path. */
  readonly publicUrl: string;
  /** 32 bytes, base64: signs the links by which orders are seen without signing in. */
  readonly linkKey: string;
  /** Our warehouses, for the mails that name their cities. */
  readonly warehouses: () => Promise<readonly WarehouseName[]>;
};

/** Mails that say where something is. */
const namesCity: ReadonlySet<MailTemplate> = new Set(['return-approved', 'return-received']);

/** Mails that say nothing but how the order stands, and so need not look into its history. */
const tellsState: ReadonlySet<MailTemplate> = new Set(['order-confirmed']);

/** What a mail is written from. */
type Source = { readonly waybill: Waybill; readonly history: readonly RecordedEvent<DomainEvent>[] };

/** `none`: nobody is left to write to. */
type Written = { readonly mail: Mail } | 'none' | { readonly error: unknown };

/**
 * Sends mails, each by itself, and records on each order that it was told. What was sent is kept before it is recorded:
 * a worker that dies in between finds it kept, and doesn't send it again. What dies between sending and keeping is sent
 * again, as the same mail: its Message-ID is made of the notification's id, which is the effect's.
 */
export const performMailEffects = (options: MailEffectsOptions): PerformEffects => {
  const { runtime, mailer, kept, publicUrl, linkKey, warehouses } = options;

  const citiesFor = async (leased: readonly LeasedEffect[]): Promise<Known['cities']> => {
    if (!leased.some(({ effect }) => effect.kind === 'mail' && namesCity.has(effect.template))) return {};
    return Object.fromEntries((await warehouses()).map(({ code, city }) => [code, city]));
  };

  const write = (
    { effectId, orderKey, effect }: LeasedEffect,
    { waybill, history }: Source,
    cities: Known['cities'],
  ): Written => {
    const { order } = waybill;
    if (effect.kind !== 'mail' || order.status === 'absent' || isErased(order.contact)) return 'none';
    try {
      const url = `${publicUrl}/orders/${orderKey}?link=${signOrderLink(linkKey, orderKey)}`;
      const mail: Mail = {
        notificationId: effectId,
        subjectId: order.subjectId,
        orderKey,
        template: effect.template,
        to: order.contact.email,
        name: order.contact.name,
        letter: compose(effect, { order, waybill, history, cities }, { url, end: orderLinkEnd() }),
      };
      return { mail };
    } catch (error) {
      return { error };
    }
  };

  // Mails that are done in the same moment are kept and recorded together.
  const keep = createBatcher(async (mails: readonly Mail[]) => {
    await kept.keep(mails, mailer.via);
    return mails.map(() => undefined);
  });
  const record = createBatcher(async (told: readonly LeasedEffect[]) => {
    await handleWaybillCommands(
      runtime,
      told.map(({ effectId, orderKey, effect, correlationId, causationId }) => ({
        commandId: derivedId('notified', effectId),
        actor: { id: 'process:notifications', role: 'system' },
        orderKey,
        correlationId,
        causationId,
        command: () =>
          effect.kind === 'mail'
            ? {
                type: 'RecordNotification',
                orderId: effect.orderId,
                notificationId: effectId,
                template: effect.template,
              }
            : null,
      })),
    );
    return told.map(() => undefined);
  });

  const finish = async (
    leased: LeasedEffect,
    written: Written,
    delivery: Promise<Delivery> | undefined,
  ): Promise<EffectResult> => {
    if (written === 'none') return { status: 'done' };
    if ('error' in written) throw written.error;
    if (delivery) {
      const delivered = await delivery;
      if (delivered.status === 'refused') return { status: 'gave_up', error: delivered.reason };
      await keep(written.mail);
    }
    await record(leased);
    return { status: 'done' };
  };

  /** As remembered, at the first try: at a later one the customer may have been erased meanwhile. */
  const remembered = ({ orderKey, effect, attempts }: LeasedEffect): Source | null => {
    if (effect.kind !== 'mail' || !tellsState.has(effect.template) || attempts > 1) return null;
    const known = runtime.waybills?.get(orderKey);
    return known ? { waybill: known.waybill, history: [] } : null;
  };

  const sourcesFor = async (leased: readonly LeasedEffect[]): Promise<readonly Source[]> => {
    const known = leased.map(remembered);
    const unknown = leased.filter((_, index) => known[index] === null).map(({ orderKey }) => orderKey);
    const orders =
      unknown.length === 0
        ? new Map<string, Source['history']>()
        : await runtime.store.readOrders([...new Set(unknown)]);
    return leased.map(({ orderKey }, index) => {
      const history = orders.get(orderKey) ?? [];
      return known[index] ?? { waybill: knownFrom(history).waybill, history };
    });
  };

  const begin = async (leased: readonly LeasedEffect[]): Promise<readonly Promise<EffectResult>[]> => {
    const [sources, cities] = await Promise.all([sourcesFor(leased), citiesFor(leased)]);
    const written = leased.map((one, index): Written => {
      const source = sources[index];
      return source ? write(one, source, cities) : 'none';
    });
    const mails = written.flatMap((one) => (one !== 'none' && 'mail' in one ? [one.mail] : []));
    // The mailbox keeps a mail once by itself; what was sent out there must not be sent again.
    const gone =
      mailer.via === 'mailbox' || mails.length === 0
        ? new Set<string>()
        : await kept.known(mails.map(({ notificationId }) => notificationId));
    const due = mails.filter(({ notificationId }) => !gone.has(notificationId));
    const deliveries = mailer.deliver(due);
    const deliveryOf = new Map(due.map(({ notificationId }, index) => [notificationId, deliveries[index]]));
    return leased.map((one, index) => finish(one, written[index] ?? 'none', deliveryOf.get(one.effectId)));
  };

  return (leased) => {
    const begun = begin(leased);
    return leased.map(async (_, index) => (await begun)[index] ?? Promise.reject(new Error('A mail was left out')));
  };
};
