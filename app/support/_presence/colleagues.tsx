'use client';

import { useEffect, useRef } from 'react';
import { announce } from '../../_ui/announce.tsx';
import { Avatar } from '../../_ui/avatar.tsx';
import { doingWords } from '../_actions/order-actions.ts';
import type { Colleague } from './use-desk-live.ts';

const firstName = (name: string): string => name.split(' ')[0] ?? name;

const sentence = ({ name, doing }: Colleague): string => `${firstName(name)} ${doingWords(doing)}`;

/** The colleagues who have this order open too, and what they do with it. Only staff ever see this. */
export const Colleagues = ({ colleagues }: { readonly colleagues: readonly Colleague[] }) => {
  const told = useRef('');
  const words = colleagues.map(sentence).join(', ');
  useEffect(() => {
    if (words !== told.current) announce(words === '' ? 'Nobody else has this order open' : words);
    told.current = words;
  }, [words]);
  const [first, ...others] = colleagues;
  if (!first) return null;
  return (
    <section
      aria-label="Also on this order"
      className="ml-auto flex h-6 min-w-0 items-center gap-1.5 rounded-control bg-move-bg pr-2 pl-1 text-meta text-move"
      title={words}
    >
      {colleagues.slice(0, 3).map(({ personId, name }) => (
        <Avatar key={personId} name={name} labelled={personId !== first.personId} className="-mr-0.5" />
      ))}
      <span className="min-w-0 truncate pl-0.5">
        {sentence(first)}
        {others.length > 0 && `, and ${others.length} more`}
      </span>
    </section>
  );
};
