import { Money } from '../../_ui/money.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Band } from '../../_ui/states.tsx';
import { type Preview, settlementOf } from '../_amend/preview.ts';
import type { CancelableLine } from './cancel-part.ts';

interface CancelItemsProps {
  readonly lines: readonly CancelableLine[];
  readonly quantities: Readonly<Record<string, number>>;
  readonly onChange: (lineId: string, quantity: number) => void;
  readonly preview: Preview | null;
  readonly currency: string;
  /** That nothing was chosen. */
  readonly error: string | undefined;
}

/** Which items are called off, and what that gives back. */
export const CancelItems = ({ lines, quantities, onChange, preview, currency, error }: CancelItemsProps) => {
  const settlement = preview?.ok ? settlementOf(preview) : null;
  return (
    <>
      <ul aria-label="Items to cancel" className="border-rule border-t">
        {lines.map(({ line, most }) => (
          <li key={line.lineId} className="flex items-center gap-3 border-rule border-b py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate text-ink" title={line.name}>
                {line.name}
              </span>
              <span className="block text-meta">
                {most === line.quantity ? `${line.quantity} ordered` : `${most} of ${line.quantity} not begun`}
              </span>
            </span>
            <QuantityStepper
              label={`Cancel of ${line.name}`}
              min={0}
              max={most}
              value={Math.min(most, quantities[line.lineId] ?? 0)}
              onValueChange={(quantity) => onChange(line.lineId, quantity)}
              size="sm"
            />
          </li>
        ))}
      </ul>
      {(error !== undefined || (preview && !preview.ok)) && (
        <Band tone="bad" live className="rounded-control">
          {error ?? (preview && !preview.ok ? preview.words : null)}
        </Band>
      )}
      {preview?.ok && settlement && (
        <RuledCells
          boxed
          pencil
          className="border-dashed"
          cells={[
            {
              id: 'before',
              caption: 'Total now',
              value: <Money minor={preview.before.grandTotalMinor} currency={currency} />,
            },
            {
              id: 'after',
              caption: 'Total after',
              value: <Money minor={preview.after.grandTotalMinor} currency={currency} className="text-pencil" />,
            },
            {
              id: 'settle',
              caption: settlement.caption,
              value: <Money minor={settlement.minor} currency={currency} className="text-pencil" />,
            },
          ]}
        />
      )}
      <p>What is canceled can’t be brought back; it can be ordered anew. The customer gets a mail.</p>
    </>
  );
};
