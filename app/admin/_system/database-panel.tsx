import { formatCount, formatPercent } from '../../_ui/format.ts';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Time } from '../../_ui/time.tsx';
import type { SystemStatus } from './system-status.ts';

const bytesWords = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)}\u00a0${units[power]}`;
};

interface DatabasePanelProps {
  readonly database: SystemStatus['database'];
  readonly head: SystemStatus['head'];
}

/** The server that holds it all, and who is connected to it. */
export const DatabasePanel = ({ database, head }: DatabasePanelProps) => {
  const open = database.connections.reduce((sum, each) => sum + each.open, 0);
  return (
    <>
      <RuledCells
        boxed
        size="money"
        cells={[
          {
            id: 'events',
            caption: 'Events',
            value: formatCount(head.position),
            detail: bytesWords(database.eventsBytes),
          },
          {
            id: 'size',
            caption: 'Database',
            value: bytesWords(database.sizeBytes),
            detail: `PostgreSQL ${database.version}`,
          },
          {
            id: 'incarnation',
            caption: 'Incarnation',
            value: formatCount(head.incarnation),
            detail: (
              <>
                since <Time at={head.incarnationSince} quiet />
              </>
            ),
          },
          {
            id: 'connections',
            caption: 'Connections',
            value: `${formatCount(open)} of ${formatCount(database.connectionsMost)}`,
            detail: `${formatCount(database.connections.reduce((sum, each) => sum + each.busy, 0))} busy`,
          },
          {
            id: 'cache',
            caption: 'Read from cache',
            value: database.cacheHitRate === null ? '–' : formatPercent(database.cacheHitRate),
            detail: `${formatCount(database.deadlocks)} ${database.deadlocks === 1 ? 'deadlock' : 'deadlocks'}`,
          },
          {
            id: 'up',
            caption: 'Running',
            value: <Time at={database.startedAt} variant="age" quiet />,
            detail: 'since its start',
          },
        ]}
      />
      <ul className="flex flex-wrap gap-x-6 gap-y-1 pt-3 text-meta text-muted">
        {database.connections.map(({ name, open: count, busy }) => (
          <li key={name} className="tabular-nums">
            {name} <span className="font-semibold text-ink">{formatCount(count)}</span>
            {busy > 0 && `, ${formatCount(busy)} busy`}
          </li>
        ))}
      </ul>
    </>
  );
};
