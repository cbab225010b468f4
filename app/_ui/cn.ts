import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Without this list tailwind-merge takes `text-meta` for a colour and drops it beside `text-muted`.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: [
        'caption',
        'meta',
        'desk',
        'admin',
        'shop',
        'floor',
        'body',
        'section',
        'title',
        'figure',
        'shop-title',
        'hero',
        'bin',
      ],
      radius: ['badge', 'control', 'panel', 'picture'],
      shadow: ['float'],
      spacing: ['row', 'control', 'control-sm', 'gutter'],
    },
  },
});

/** Joins class names; of two that set the same property the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
