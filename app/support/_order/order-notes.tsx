import { revealed } from '#domain/shared/personal.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { pendingEdge } from '../../_ui/pending.tsx';
import { MarkBadge } from '../../_ui/status-badge.tsx';
import type { OrderPartProps } from './order-part.ts';
import { Section } from './section.tsx';
import { erasedWord } from './words.ts';

interface OrderNotesProps extends OrderPartProps {
  readonly onAdd: () => void;
}

/** What people wrote, the newest first. */
export const OrderNotes = ({ order, recorded, onAdd }: OrderNotesProps) => {
  const known = new Set(recorded.order.status === 'absent' ? [] : recorded.order.notes.map(({ noteId }) => noteId));
  return (
    <Section
      title="Notes"
      lead={order.notes.length > 0 ? order.notes.length : undefined}
      trail={
        <Button variant="link" onClick={onAdd}>
          Add a note
        </Button>
      }
    >
      {order.notes.length === 0 ? (
        <p className="py-2 text-muted">Nobody has written anything.</p>
      ) : (
        <ul>
          {order.notes.toReversed().map(({ noteId, text, visibility }) => {
            const pending = !known.has(noteId);
            return (
              <li
                key={noteId}
                className={cn('border-rule border-b py-2', pending && ['pl-3 text-pencil', pendingEdge(true)])}
              >
                <p className="whitespace-pre-wrap break-words">{revealed(text, (present) => present, erasedWord)}</p>
                <p className="mt-0.5 flex items-center gap-2 text-meta text-muted">
                  {visibility === 'customer' ? 'The customer sees it' : 'Internal'}
                  {pending && <MarkBadge mark="pending">Syncing</MarkBadge>}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
};
