'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import { AuthProblem } from './auth-calls.ts';
import { homeOf, localPath } from './home-of.ts';

/**
 * A form that ends in a session. Goes on to `next`, or to where the account's role begins, by loading the page anew:
 * nothing that an earlier visitor saw stays in memory.
 */
export const useAccountForm = <Values extends FieldValues>(
  schema: z.ZodType<Values, Values>,
  defaultValues: DefaultValues<Values>,
  open: (values: Values) => Promise<void>,
  next: string | undefined,
) => {
  const client = useTRPCClient();
  const form = useForm<Values>({ resolver: zodResolver(schema), mode: 'onTouched', defaultValues });
  const submit = form.handleSubmit(async (values) => {
    try {
      await open(values);
      const me = await client.session.me.query();
      window.location.assign(localPath(next) ?? homeOf[me?.role ?? 'customer']);
      // The form stays busy until the next page is there.
      await new Promise(() => undefined);
    } catch (problem) {
      const field = problem instanceof AuthProblem ? problem.field : null;
      const message = problem instanceof AuthProblem ? problem.message : 'That did not work. Try again in a moment.';
      if (field !== null && field in values) form.setError(field as Path<Values>, { message }, { shouldFocus: true });
      else form.setError('root', { message });
    }
  });
  const { errors, isSubmitting } = form.formState;
  return { form, submit, isSubmitting, errors, problem: errors.root?.message };
};
