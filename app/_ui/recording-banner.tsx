import { DatabaseZap } from 'lucide-react';

/** Why nothing is recorded: the disk is full, or the database is away. */
export type RecordingTrouble = 'read-only' | 'database-unreachable';

const words: Readonly<Record<RecordingTrouble, { readonly title: string; readonly rest: string }>> = {
  'read-only': {
    title: 'Waybill can read but not record now: its disk is full.',
    rest: 'Nothing that was recorded is lost. It goes on by itself once there is room.',
  },
  'database-unreachable': {
    title: 'Waybill can’t reach its database now.',
    rest: 'What you see may be old; nothing that was recorded is lost. It goes on by itself.',
  },
};

/** One line above every page, as long as nothing can be recorded. */
export const RecordingBanner = ({ trouble }: { readonly trouble: RecordingTrouble }) => (
  <div
    role="alert"
    className="flex items-start gap-2 border-rule border-b bg-stale-bg px-3.5 py-1.5 text-meta text-stale"
  >
    <DatabaseZap aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
    <p className="min-w-0">
      <strong className="font-semibold">{words[trouble].title}</strong> {words[trouble].rest}
    </p>
  </div>
);
