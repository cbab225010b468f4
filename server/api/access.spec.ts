import { expect, test } from 'vitest';
import { isAccountRole } from '#domain/shared/account-role.ts';
import { decideAccess, type Viewer } from './access.ts';

const viewer = (role: Viewer['role'], id = 'marta'): Viewer => ({ id, role, name: 'M', email: 'm@example.test' });
const martas = { owner: { customerId: 'marta' }, hasLink: false };

test('an order is its customer’s, and looks to another like one that doesn’t exist', () => {
  const rule = { to: 'order', staff: [] } as const;
  const none = { owner: null, hasLink: false };
  expect([
    decideAccess(rule, viewer('customer'), martas),
    decideAccess(rule, viewer('customer', 'jonas'), martas),
    decideAccess(rule, viewer('customer', 'jonas'), none),
  ]).toEqual(['allowed', 'not-found', 'not-found']);
});

test('a link opens a guest’s order to whoever holds it, signed in or not', () => {
  const rule = { to: 'order', staff: [] } as const;
  const claim = { owner: { customerId: null }, hasLink: true };
  expect([decideAccess(rule, null, claim), decideAccess(rule, viewer('customer', 'jonas'), claim)]).toEqual([
    'allowed',
    'allowed',
  ]);
});

test('a guest’s order belongs to no account, not even one whose id is missing', () => {
  const rule = { to: 'order', staff: [] } as const;
  const claim = { owner: { customerId: null }, hasLink: false };
  expect(decideAccess(rule, viewer('customer', ''), claim)).toBe('not-found');
});

test('staff see any order only where the rule names their role', () => {
  const rule = { to: 'order', staff: ['support'] } as const;
  expect([
    decideAccess(rule, viewer('support'), null),
    decideAccess(rule, viewer('warehouse'), martas),
    decideAccess(rule, viewer('auditor'), martas),
  ]).toEqual(['allowed', 'forbidden', 'forbidden']);
});

test('nobody is told to sign in before being told that it is forbidden', () => {
  expect([
    decideAccess({ to: 'roles', roles: ['admin'] }, null, null),
    decideAccess({ to: 'roles', roles: ['admin'] }, viewer('customer'), null),
    decideAccess({ to: 'account' }, null, null),
    decideAccess({ to: 'anyone' }, null, null),
  ]).toEqual(['sign-in', 'forbidden', 'sign-in', 'allowed']);
});

test('guests and the system have no account', () => {
  expect(['customer', 'auditor', 'guest', 'system', 'root', undefined].map(isAccountRole)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
