import {
  type AggregateTable,
  type ColumnType,
  type Projection,
  tableName,
} from '#server/projections/define-projection.ts';

/** Where a projection is written: the live tables, or their shadows while they are rebuilt. */
export type ProjectionTarget = {
  readonly projection: Projection;
  /** The name of its checkpoint and lease. */
  readonly consumer: string;
  readonly tableNamed: (name: string) => string;
};

export const liveTarget = (projection: Projection): ProjectionTarget => ({
  projection,
  consumer: projection.name,
  tableNamed: (name) => tableName(projection, { name }),
});

export const shadowTarget = (projection: Projection): ProjectionTarget => ({
  projection,
  consumer: `${projection.name} (rebuild)`,
  tableNamed: (name) => `${tableName(projection, { name })}_rebuild`,
});

/** The columns of an aggregate table: its key, then its measures. */
export const aggregateColumns = ({ key, measures }: AggregateTable): Readonly<Record<string, ColumnType>> => ({
  ...key,
  ...Object.fromEntries(measures.map((measure) => [measure, 'bigint' as const])),
});

/** The names of all tables of a projection, without schema and version. */
export const tablesOf = (projection: Projection): string[] =>
  projection.folds.flatMap((fold) => [
    fold.table.name,
    ...(fold.form === 'log' ? [] : fold.aggregates.map(({ name }) => name)),
  ]);
