import { z } from 'zod';

/** Why signing in, up or out did not work, in words for the person. */
export class AuthProblem extends Error {
  /** The form's field that it is about; null for the whole form. */
  readonly field: 'email' | 'password' | null;

  constructor(words: string, field: AuthProblem['field'] = null) {
    super(words);
    this.name = 'AuthProblem';
    this.field = field;
  }
}

const unreachable = 'Waybill can’t be reached. Check the connection and try again.';

const problems: Readonly<Record<string, AuthProblem>> = {
  INVALID_EMAIL_OR_PASSWORD: new AuthProblem('Mail address and password don’t match. Check both.'),
  USER_ALREADY_EXISTS: new AuthProblem('There is an account with this mail address. Sign in instead.', 'email'),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: new AuthProblem(
    'There is an account with this mail address. Sign in instead.',
    'email',
  ),
  PASSWORD_TOO_SHORT: new AuthProblem('Use at least 10 characters.', 'password'),
  PASSWORD_TOO_LONG: new AuthProblem('Use at most 200 characters.', 'password'),
  INVALID_EMAIL: new AuthProblem('Enter a mail address, like ines@example.pt', 'email'),
  TOO_MANY_REQUESTS: new AuthProblem('Too many attempts. Wait a minute, then try again.'),
};

const answerSchema = z.looseObject({ code: z.string().optional() });

const send = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new AuthProblem(unreachable);
  });
  if (response.ok) return;
  const answer = answerSchema.safeParse(await response.json().catch(() => ({})));
  throw problems[answer.data?.code ?? ''] ?? new AuthProblem('That did not work. Try again in a moment.');
};

/** Starts a session. Throws `AuthProblem`. */
export const signIn = (account: { readonly email: string; readonly password: string }): Promise<void> =>
  send('sign-in/email', account);

/** Opens a customer's account and starts its session. Throws `AuthProblem`. */
export const signUp = (account: {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}): Promise<void> => send('sign-up/email', account);

/** Ends the session, here and on the server. Throws `AuthProblem`. */
export const signOut = (): Promise<void> => send('sign-out', {});
