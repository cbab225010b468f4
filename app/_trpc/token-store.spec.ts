import { beforeEach, expect, test } from 'vitest';
import { createTokenStore, newerToken, type TokenStore } from './token-store.ts';

let kept: string | null;
let tokens: TokenStore;
beforeEach(() => {
  kept = null;
  tokens = createTokenStore({
    read: () => kept,
    write: (token) => {
      kept = token;
    },
  });
});

test('keeps the newest token, whatever order answers arrive in', () => {
  for (const token of ['1.100.5', '1.99.700', '1.100.6', '1.100.4']) tokens.see(token);
  expect(tokens.newest()).toBe('1.100.6');
});

test('compares by transaction before position, as numbers and not as text', () => {
  expect(newerToken('1.9.1', '1.10.0')).toBe('1.10.0');
  expect(newerToken('2.1.1', '1.999.999')).toBe('2.1.1');
});

test('what is no token never replaces one', () => {
  tokens.see('1.100.5');
  tokens.see('nonsense');
  expect(tokens.newest()).toBe('1.100.5');
});

test('forgets the token that the server reset', () => {
  tokens.see('7.1.1');
  tokens.forget('7.1.1');
  expect(tokens.newest()).toBeNull();
});

test('a reset of an older token leaves a newer one alone', () => {
  tokens.see('1.100.5');
  tokens.see('1.100.6');
  tokens.forget('1.100.5');
  expect(tokens.newest()).toBe('1.100.6');
});
