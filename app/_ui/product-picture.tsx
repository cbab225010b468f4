import type { CSSProperties } from 'react';
import { cn } from './cn.ts';

export interface ProductPictureProps {
  /** A name from the catalog: "teapot". */
  readonly picture: string;
  /** 0–360, the hue of the ground. */
  readonly hue: number;
  /** What it shows; leave it empty where the name stands beside it. */
  readonly alt?: string | undefined;
  /** main is notched like the mark; tile has 14 px corners; thumb 6 px, for lines and lists. */
  readonly shape?: 'main' | 'tile' | 'thumb' | undefined;
  /** Give it a size or an aspect: "aspect-7/6", "size-9". */
  readonly className?: string | undefined;
}

const shapeLooks = { main: 'notched rounded-picture', tile: 'rounded-picture', thumb: 'rounded-control' };

/** The product at 60 % on a ground of its hue, with a soft shadow under it. */
export const ProductPicture = ({ picture, hue, alt = '', shape = 'tile', className }: ProductPictureProps) => (
  <span
    style={{ '--hue': hue } as CSSProperties}
    className={cn(
      'product-ground relative flex items-center justify-center overflow-hidden [container-type:size]',
      shapeLooks[shape],
      className,
    )}
  >
    <span className="relative flex aspect-square w-[min(60cqw,70cqh)] items-center justify-center">
      {shape !== 'thumb' && (
        <span
          aria-hidden="true"
          className="product-shadow absolute bottom-[2%] left-1/2 h-[11%] w-[76%] -translate-x-1/2"
        />
      )}
      {/* biome-ignore lint/performance/noImgElement: small vector files from our own origin need no optimizer */}
      <img src={`/pictures/${picture}.svg`} alt={alt} width={320} height={320} className="relative size-full" />
    </span>
  </span>
);
