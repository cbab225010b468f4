'use client';

import Link from 'next/link';
import { z } from 'zod';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { AccountForm } from './account-form.tsx';
import { signUp } from './auth-calls.ts';
import { useAccountForm } from './use-account-form.ts';

const schema = z.object({
  name: z.string().trim().min(1, 'Enter your name').max(200, 'Use at most 200 characters'),
  email: z.email('Enter a mail address, like ines@example.pt'),
  password: z.string().min(10, 'Use at least 10 characters').max(200, 'Use at most 200 characters'),
});

export const SignUpForm = ({ next }: { readonly next: string | undefined }) => {
  const account = useAccountForm(schema, { name: '', email: '', password: '' }, signUp, next);
  const { register } = account.form;
  const elsewhere = next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in';
  return (
    <AccountForm
      title="Open an account"
      act="Open account"
      busy={account.isSubmitting}
      problem={account.problem}
      onSubmit={account.submit}
      footer={
        <>
          Have an account?{' '}
          <Link href={elsewhere} className="text-link underline underline-offset-3">
            Sign in
          </Link>
        </>
      }
    >
      <Field label="Name" error={account.errors.name?.message} required>
        <Input autoComplete="name" {...register('name')} />
      </Field>
      <Field label="Mail address" error={account.errors.email?.message} required>
        <Input type="email" autoComplete="username" inputMode="email" {...register('email')} />
      </Field>
      <Field
        label="Password"
        hint="At least 10 characters. A short sentence is easiest to remember."
        error={account.errors.password?.message}
        required
      >
        <Input type="password" autoComplete="new-password" {...register('password')} />
      </Field>
    </AccountForm>
  );
};
