import { v7 } from 'uuid';
import { signOrderLink } from '#server/auth/order-link.ts';
import { mutate } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import type { TestWeb } from '#server/http/testing/web-fixture.ts';
import type { AccountRole, Viewer } from '../access.ts';

/** Everybody who may call: nobody, a guest with the link to one order, and an account of each role, two of customers. */
export const personas = [
  'nobody',
  'guest with link',
  'customer',
  'other customer',
  'support',
  'warehouse',
  'admin',
  'auditor',
] as const;
export type Persona = (typeof personas)[number];

/** `own`: the order of `customer`. `guest`: the order that `guest with link` holds the link to. */
export type WalkObject = 'own' | 'guest';

/** What inputs are made of. Ids that are not here are fresh with each call. */
export type WalkWorld = {
  readonly orderId: string;
  /** Of the order above; only the guest sends it. */
  readonly link: string | undefined;
  readonly cardToken: string;
  readonly freshId: () => string;
};

export type World = {
  readonly viewers: Readonly<Record<Exclude<Persona, 'nobody' | 'guest with link'>, Viewer>>;
  readonly at: (persona: Persona, object: WalkObject) => WalkWorld;
};

const accountOf = async (web: TestWeb, role: AccountRole): Promise<Viewer & { readonly cookie: string }> => {
  const { id, cookie } = await web.signIn(role);
  return { id, role, name: `Test ${role}`, email: `${id}@example.test`, cookie };
};

const placedBy = async (web: TestWeb, card: string, cookie?: string): Promise<string> => {
  const { data, error } = await mutate(web, 'shop.placeOrder', orderRequest(card), { cookie });
  if (error) throw new Error(`The walk's order was not placed: ${error.words}`);
  return data.events[0].event.orderId;
};

/** Signs everybody up and places the two orders. */
export const makeWorld = async (web: TestWeb): Promise<World> => {
  const card = await cardToken(web);
  const [customer, other, support, warehouse, admin, auditor] = await Promise.all([
    accountOf(web, 'customer'),
    accountOf(web, 'customer'),
    accountOf(web, 'support'),
    accountOf(web, 'warehouse'),
    accountOf(web, 'admin'),
    accountOf(web, 'auditor'),
  ]);
  const orders = { own: await placedBy(web, card, customer.cookie), guest: await placedBy(web, card) };
  const guestLink = signOrderLink(web.runtime.env.WAYBILL_LINK_KEY, orders.guest);
  return {
    viewers: { customer, 'other customer': other, support, warehouse, admin, auditor },
    at: (persona, object) => ({
      orderId: orders[object],
      link: persona === 'guest with link' ? guestLink : undefined,
      cardToken: card,
      freshId: v7,
    }),
  };
};
