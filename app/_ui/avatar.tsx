import { cn } from './cn.ts';

const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
};

export interface AvatarProps {
  readonly name: string;
  /** Says the name; leave it where the name stands beside it. */
  readonly labelled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Initials in an ink ring. */
export const Avatar = ({ name, labelled, className }: AvatarProps) => (
  <span
    title={labelled ? name : undefined}
    className={cn(
      'inline-flex size-5 shrink-0 items-center justify-center rounded-full border-[1.5px] border-ink bg-sheet font-semibold text-[9px] text-ink leading-none tracking-tight',
      className,
    )}
  >
    <span aria-hidden="true">{initialsOf(name)}</span>
    {labelled && <span className="sr-only">{name}</span>}
  </span>
);
