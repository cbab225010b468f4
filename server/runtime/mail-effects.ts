import { isErased } from '#domain/shared/personal.ts';
import { compose } from '#server/adapters/mail/compose.ts';
import type { Mail, Mailer } from '#server/adapters/mail/mail.ts';
import { signOrderLink } from '#server/auth/order-link.ts';
import { derivedId } from '#server/processes/derived-id.ts';
import type { EffectResult, LeasedEffect, PerformEffects } from './effect-executor.ts';
import type { CommandRuntime } from './handle-command.ts';
import { handleWaybillCommands } from './handle-waybill-commands.ts';
import { type KnownWaybill, knownFrom } from './waybill-memory.ts';

export type MailEffectsOptions = {
  readonly runtime: CommandRuntime;
  readonly mailer: Mailer;
  /** Where the customer reaches the shop, without a path. */
  readonly publicUrl: string;
  /** 32 bytes, base64: signs the links by which guests see their orders. */
  readonly linkKey: string;
};

/** Sends mails, many at once, and records on each order that it was told. */
export const performMailEffects = ({ runtime, mailer, publicUrl, linkKey }: MailEffectsOptions): PerformEffects => {
  const mailFor = ({ effectId, orderKey, effect }: LeasedEffect, { waybill }: KnownWaybill): Mail | null => {
    const { order } = waybill;
    // Nobody is left to write to.
    if (effect.kind !== 'mail' || order.status === 'absent' || isErased(order.contact)) return null;
    const guest = order.customerId === null ? `?link=${signOrderLink(linkKey, orderKey)}` : '';
    return {
      messageId: effectId,
      subjectId: order.subjectId,
      orderKey,
      template: effect.template,
      to: order.contact.email,
      name: order.contact.name,
      ...compose(effect, order, waybill, `${publicUrl}/orders/${orderKey}${guest}`),
    };
  };

  const send = async (leased: readonly LeasedEffect[]): Promise<EffectResult> => {
    const orders = await runtime.store.readOrders([...new Set(leased.map(({ orderKey }) => orderKey))]);
    await mailer.send(leased.flatMap((one) => mailFor(one, knownFrom(orders.get(one.orderKey) ?? [])) ?? []));
    await handleWaybillCommands(
      runtime,
      leased.map(({ effectId, orderKey, effect, correlationId, causationId }) => ({
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
    return { status: 'done' };
  };

  return (effects) => {
    const sent = send(effects);
    return effects.map(() => sent);
  };
};
