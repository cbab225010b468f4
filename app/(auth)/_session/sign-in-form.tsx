'use client';

import Link from 'next/link';
import { z } from 'zod';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { AccountForm } from './account-form.tsx';
import { signIn } from './auth-calls.ts';
import { useAccountForm } from './use-account-form.ts';

const schema = z.object({
  email: z.email('Enter a mail address, like ines@example.pt'),
  password: z.string().min(1, 'Enter your password'),
});

export const SignInForm = ({ next }: { readonly next: string | undefined }) => {
  const account = useAccountForm(schema, { email: '', password: '' }, signIn, next);
  const { register } = account.form;
  const elsewhere = next ? `/sign-up?next=${encodeURIComponent(next)}` : '/sign-up';
  return (
    <AccountForm
      title="Sign in"
      act="Sign in"
      busy={account.isSubmitting}
      problem={account.problem}
      onSubmit={account.submit}
      footer={
        <>
          New here?{' '}
          <Link href={elsewhere} className="text-link underline underline-offset-3">
            Open an account
          </Link>
          . You can buy without one, too.
        </>
      }
    >
      <Field label="Mail address" error={account.errors.email?.message} required>
        <Input type="email" autoComplete="username" inputMode="email" {...register('email')} />
      </Field>
      <Field label="Password" error={account.errors.password?.message} required>
        <Input type="password" autoComplete="current-password" {...register('password')} />
      </Field>
    </AccountForm>
  );
};
