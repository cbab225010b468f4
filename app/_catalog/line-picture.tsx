import { Package } from 'lucide-react';
import { ProductPicture } from '../_ui/product-picture.tsx';

interface LinePictureProps {
  readonly picture: string | null;
  readonly hue: number;
}

/** A line's thumbnail; imported products have none. */
export const LinePicture = ({ picture, hue }: LinePictureProps) =>
  picture ? (
    <ProductPicture picture={picture} hue={hue} shape="thumb" className="size-8" />
  ) : (
    <span className="flex size-8 shrink-0 items-center justify-center rounded-control bg-tint text-muted">
      <Package aria-hidden="true" className="size-4" />
    </span>
  );
