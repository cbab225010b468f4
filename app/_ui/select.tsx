'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { useFieldWiring } from './field.tsx';
import { controlLooks } from './input.tsx';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps {
  readonly options: readonly SelectOption[];
  readonly value?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly onValueChange?: ((value: string) => void) | undefined;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly name?: string | undefined;
  readonly className?: string | undefined;
  /** Needed outside of a Field. */
  readonly 'aria-label'?: string | undefined;
}

/** A menu of choices for tool bars and panels. In forms that a browser should fill, use NativeSelect. */
export const Select = ({
  options,
  placeholder,
  className,
  value,
  defaultValue,
  onValueChange,
  ...props
}: SelectProps) => {
  const { 'aria-required': required, ...wiring } = useFieldWiring();
  return (
    <Radix.Root
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      {...(onValueChange ? { onValueChange } : {})}
      {...(props.name ? { name: props.name } : {})}
      disabled={props.disabled ?? false}
      required={required ?? false}
    >
      <Radix.Trigger
        {...wiring}
        aria-label={props['aria-label']}
        className={cn(
          controlLooks,
          'inline-flex h-control items-center justify-between gap-2 px-3 text-left data-placeholder:text-muted',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown aria-hidden="true" className="size-4 text-muted" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-control border border-rule bg-float text-body shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="relative flex min-h-control-sm cursor-default select-none items-center rounded-badge py-1 pr-8 pl-2 outline-none data-disabled:opacity-50 data-highlighted:bg-pick"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check aria-hidden="true" className="size-4" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};

export interface NativeSelectProps extends ComponentProps<'select'> {
  readonly options: readonly SelectOption[];
}

/** The browser's own: for addresses (autofill) and phones. Works with `register('country')`. */
export const NativeSelect = ({ options, className, ...props }: NativeSelectProps) => {
  const wiring = useFieldWiring();
  return (
    <span className="relative block w-full">
      <select {...wiring} className={cn(controlLooks, 'h-control appearance-none pr-9 pl-3', className)} {...props}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
};
