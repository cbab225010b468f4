import { Ban, CircleCheck, CircleX, type LucideIcon } from 'lucide-react';
import type { Disposition } from '#domain/order/return-events.ts';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { Badge } from '../../_ui/status-badge.tsx';
import type { Tone } from '../../_ui/tones.ts';

export const dispositionLooks: Readonly<
  Record<
    Disposition,
    { readonly words: string; readonly detail: string; readonly icon: LucideIcon; readonly tone: Tone }
  >
> = {
  restock: { words: 'Back on sale', detail: 'As good as new', icon: CircleCheck, tone: 'good' },
  damaged: { words: 'Damaged', detail: 'Made good, not sold again', icon: CircleX, tone: 'hold' },
  refused: { words: 'Refused', detail: 'Goes back to the customer', icon: Ban, tone: 'bad' },
};

interface InspectedListProps {
  readonly label: string;
  readonly rows: readonly {
    readonly lineId: string;
    readonly name: string;
    readonly picture: string;
    readonly hue: number;
    readonly quantity: number;
    readonly verdicts: readonly { readonly disposition: Disposition; readonly quantity: number }[];
  }[];
}

/** Each returned line and what becomes of its units, as far as it is said. */
export const InspectedList = ({ label, rows }: InspectedListProps) => (
  <ul aria-label={label}>
    {rows.map(({ lineId, name, picture, hue, quantity, verdicts }) => (
      <li
        key={lineId}
        className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b bg-sheet px-gutter py-2"
      >
        <ProductPicture picture={picture} hue={hue} shape="thumb" className="size-9 shrink-0" />
        <span className="min-w-40 flex-1 break-words">
          {quantity} × {name}
        </span>
        <span className="flex flex-wrap gap-1.5">
          {verdicts.map(({ disposition, quantity: units }) => {
            const { words, icon, tone } = dispositionLooks[disposition];
            return (
              <Badge key={disposition} icon={icon} tone={tone}>
                {units > 1 ? `${units} ` : ''}
                {words}
              </Badge>
            );
          })}
        </span>
      </li>
    ))}
  </ul>
);
