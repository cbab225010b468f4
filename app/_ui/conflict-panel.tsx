import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface ConflictField {
  readonly id: string;
  /** "Quantity of Beeswax candle" */
  readonly label: string;
  readonly theirs: ReactNode;
  readonly mine: ReactNode;
}

export interface ConflictPanelProps {
  /** "Inês changed the address 20 s ago. Your refund was not sent." */
  readonly title: string;
  /** Who came first: "Inês". */
  readonly other: string;
  /** Only the fields that differ. */
  readonly fields: readonly ConflictField[];
  readonly busy?: boolean | undefined;
  readonly onReapply: () => void;
  readonly onDiscard: () => void;
}

/** What the other person changed beside what you wanted; equal fields are left out by the caller. */
export const ConflictPanel = ({ title, other, fields, busy, onReapply, onDiscard }: ConflictPanelProps) => (
  <section role="alert" className="overflow-hidden rounded-control border border-rule bg-sheet">
    <h3 className="border-rule border-b bg-hold-bg px-3 py-2 font-semibold text-hold">{title}</h3>
    <table className="w-full table-fixed text-left">
      <thead>
        <tr className="border-rule border-b">
          <th scope="col" className="w-1/4 px-3 py-1.5 text-caption text-muted">
            Field
          </th>
          <th scope="col" className="border-rule border-l px-3 py-1.5 text-caption text-muted">
            {other} changed
          </th>
          <th scope="col" className="border-rule border-l px-3 py-1.5 text-caption text-muted">
            You wanted
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.id} className="border-rule border-b align-top">
            <th scope="row" className="px-3 py-2 font-normal text-muted">
              {field.label}
            </th>
            <td className="break-words border-rule border-l px-3 py-2 font-medium">{field.theirs}</td>
            <td className="break-words border-rule border-l px-3 py-2 font-medium text-pencil">{field.mine}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <footer className="flex flex-wrap justify-end gap-2 px-3 py-2">
      <Button onClick={onDiscard}>Discard mine</Button>
      <Button variant="primary" busy={busy} onClick={onReapply}>
        Reapply mine
      </Button>
    </footer>
  </section>
);
