import Link from 'next/link';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { cn } from '../../_ui/cn.ts';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { toneOnGround } from '../../_ui/tones.ts';
import { productHref } from './category-href.ts';
import { stockOnTile } from './stock-words.ts';
