'use client';

import { CircleAlert } from 'lucide-react';
import type { FormEventHandler, ReactNode } from 'react';
import { Button } from '../../_ui/button.tsx';

interface AccountFormProps {
  readonly title: string;
  /** What the button does: "Sign in". */
  readonly act: string;
  readonly busy: boolean;
  /** Why the last try did not work, when it is about no single field. */
  readonly problem: string | undefined;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly children: ReactNode;
  /** The other way in. */
  readonly footer: ReactNode;
}

export const AccountForm = ({ title, act, busy, problem, onSubmit, children, footer }: AccountFormProps) => (
  <form onSubmit={onSubmit} noValidate className="flex flex-col gap-5">
    <h1 className="font-semibold text-title">{title}</h1>
    {problem && (
      <p role="alert" className="flex items-start gap-2 rounded-control bg-bad-bg px-3 py-2.5 text-bad text-body">
        <CircleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
        {problem}
      </p>
    )}
    {children}
    <Button type="submit" variant="primary" size="lg" busy={busy}>
      {act}
    </Button>
    <p className="border-rule border-t pt-4 text-muted">{footer}</p>
  </form>
);
