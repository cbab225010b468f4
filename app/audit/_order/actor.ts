import type { Actor } from '#domain/shared/envelope.ts';
import { actorWords, erasedWord } from '../../support/_order/words.ts';

/** Who acted, with the role: "Ana Souza, support", "Checkout process". A customer who was erased reads "erased". */
export const whoActed = (actor: Actor, names: Readonly<Record<string, string>>, customerName: string | null): string =>
  actor.role === 'customer' || actor.role === 'guest'
    ? `${customerName ?? erasedWord}, ${actor.role}`
    : actorWords(actor, names, undefined);
