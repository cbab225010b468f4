import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';

export const buttonVariants = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-control border font-semibold text-body transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-primary text-on-primary hover:bg-primary-hover',
        secondary: 'border-rule bg-sheet text-ink hover:bg-tint',
        ghost: 'border-transparent text-ink hover:bg-tint',
        danger: 'border-transparent bg-danger text-on-danger hover:brightness-95',
        pencil: 'border-dashed border-pencil text-pencil hover:bg-pencil-bg',
        hivis: 'border-2 border-ink bg-hivis text-on-hivis hover:brightness-97',
        link: 'border-transparent font-medium text-link underline decoration-1 underline-offset-3 hover:decoration-2',
      },
      size: { md: 'h-control px-3', sm: 'h-control-sm px-2.5 font-medium', lg: 'h-[52px] px-6 text-[1rem]' },
    },
    compoundVariants: [{ variant: 'link', className: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  /** Renders the only child (a link) with the button's looks. */
  readonly asChild?: boolean | undefined;
  /** The single-key shortcut, shown inside and told to assistive technology. */
  readonly shortcut?: string | undefined;
  /** Work is under way: stays focusable, takes no second press. */
  readonly busy?: boolean | undefined;
  readonly children: ReactNode;
}

/** The label names the act and its amount: "Refund € 19.90", never "Submit". */
export const Button = ({
  asChild,
  variant,
  size,
  shortcut,
  busy,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) => {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      aria-keyshortcuts={shortcut}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...props}
    >
      {children}
      {shortcut && (
        <Kbd className={variant === 'primary' || variant === 'danger' ? 'border-current text-current' : undefined}>
          {shortcut}
        </Kbd>
      )}
    </button>
  );
};
