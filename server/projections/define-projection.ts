import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';

export type ReadEvent = RecordedEvent<DomainEvent>;

/**
 * The PostgreSQL types that a read table's columns may have. Instants are ISO 8601 text in UTC on our side. `json` is for
 * what SQL never looks into: it is stored as it comes, where `jsonb` is taken apart for 25 ns a byte (measured).
 */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'int'
  | 'bigint'
  | 'boolean'
  | 'timestamptz'
  | 'date'
  | 'json'
  | 'jsonb'
  | 'text[]';

type ColumnFor<Value> =
  NonNullable<Value> extends number
    ? 'int' | 'bigint'
    : NonNullable<Value> extends boolean
      ? 'boolean'
      : NonNullable<Value> extends string
        ? 'text' | 'uuid' | 'timestamptz' | 'date'
        : 'json' | 'jsonb' | 'text[]';

/** A table of schema `read`. Its SQL name is `<name>_v<version of the projection>`, a column's the row's in snake case. */
export type TableOf<Row> = {
  readonly name: string;
  /** The primary key. */
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [Column in keyof Row]-?: ColumnFor<Row[Column]> };
  /** What erasing a person must reach. Refolding yields null or `Erased` in these. */
  readonly personal: readonly (keyof Row & string)[];
};

type AnyRow = Readonly<Record<string, unknown>>;
/** A table as the runner sees it, whatever its rows are. */
export type Table = {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly personal: readonly string[];
};

type RowFoldOf<Row extends State, State> = {
  readonly table: TableOf<Row>;
  /**
   * The row that an event belongs to, or null. All events of one row must come from one order key, or from one
   * inventory stream: rebuilds read by these. What crosses them is an aggregate.
   */
  readonly key: (event: ReadEvent) => string | null;
  /** Pure. The same reference, or an equal row, writes nothing; undefined deletes the row. */
  readonly evolve: (state: State | undefined, event: ReadEvent) => State | undefined;
  /**
   * The row of a state. Pure: columns that follow from others are worked out here, once a batch instead of at every
   * event. What is written is read back as the state that the next batch begins with.
   */
  readonly toRow: (state: State) => Row;
};
/** Rows that are their own state need not say so. */
type Simple<Fold extends { toRow: unknown }> = Omit<Fold, 'toRow'> & Partial<Pick<Fold, 'toRow'>>;

/** Amounts that a row adds to one row of an aggregate table. */
export type Contribution = {
  readonly table: string;
  readonly key: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
};

/** A table of sums: `key` names its primary key, `measures` the rest. */
export type AggregateTable = {
  readonly name: string;
  readonly key: Readonly<Record<string, 'text' | 'date'>>;
  readonly measures: readonly string[];
};

type AggregateFoldOf<Row> = RowFoldOf<Row, Row> & {
  readonly aggregates: readonly AggregateTable[];
  /** Pure: all that the row adds. The runner writes the difference of before and after. */
  readonly contributions: (row: Row) => readonly Contribution[];
};

type LogFoldOf<Row> = {
  readonly table: TableOf<Row>;
  /** The row that an event is written as, or null. Pure. */
  readonly row: (event: ReadEvent) => Row | null;
};

export type RowFold = {
  readonly form: 'row' | 'aggregate';
  readonly table: Table;
  readonly key: (event: ReadEvent) => string | null;
  readonly evolve: (state: AnyRow | undefined, event: ReadEvent) => AnyRow | undefined;
  readonly toRow: (state: AnyRow) => AnyRow;
  /** None for a plain row. */
  readonly aggregates: readonly AggregateTable[];
  readonly contributions: (row: AnyRow) => readonly Contribution[];
};
export type LogFold = {
  readonly form: 'log';
  readonly table: Table;
  readonly rows: (event: ReadEvent) => readonly AnyRow[];
  /** The property that holds the source key, where a row may be said more than once; null where each event has its own. */
  readonly owner: string | null;
};
export type Fold = RowFold | LogFold;

export type Projection = {
  readonly name: string;
  /** Raise it with every change of a table's shape or of what is folded into it, and add the new table. */
  readonly version: number;
  /** Whose events matter: a rebuild reads only these. */
  readonly reads: 'orders' | 'stock' | 'all';
  readonly folds: readonly Fold[];
};

// The runner only ever hands a fold rows that this fold made, or read back from its own table.
const erase = <To>(typed: unknown): To => typed as To;

const asItIs = <Row>(row: Row): Row => row;

/** One row a key, folded from its events. */
export const rowFold = <Row extends State, State = Row>(
  fold: State extends Row ? Simple<RowFoldOf<Row, State>> : RowFoldOf<Row, State>,
): RowFold => erase<RowFold>({ toRow: asItIs, ...fold, form: 'row', aggregates: [], contributions: () => [] });

/** A row an order, and sums over many orders that are kept as differences of what each row contributes. */
export const aggregateFold = <Row>(fold: Simple<AggregateFoldOf<Row>>): RowFold =>
  erase<RowFold>({ toRow: asItIs, ...fold, form: 'aggregate' });

/** One row an event, inserted and never changed. */
export const logFold = <Row>({ table, row }: LogFoldOf<Row>): LogFold =>
  erase<LogFold>({
    form: 'log',
    table,
    owner: null,
    rows: (event: ReadEvent) => {
      const made = row(event);
      return made === null ? [] : [made];
    },
  });

type FactFoldOf<Row> = {
  /** All columns are its key: a fact stands once, however often it is said. */
  readonly table: TableOf<Row>;
  /** The property that holds the order key: folding an order again removes what is no longer said of it. */
  readonly owner: keyof Row & string;
  /** What an event says of its order. Pure. */
  readonly rows: (event: ReadEvent) => readonly Row[];
};

/** Any number of rows an order, each a fact that only a refold takes back. */
export const factFold = <Row>(fold: FactFoldOf<Row>): LogFold => erase<LogFold>({ ...fold, form: 'log' });

/** A read model: pure folds with a name. `server/runtime/projection-runner.ts` does the reading and writing. */
export const defineProjection = <const Name extends string>(
  projection: Projection & { readonly name: Name },
): Projection & { readonly name: Name } => projection;

/** The SQL name of a projection's table, schema included. */
export const tableName = (projection: Pick<Projection, 'version'>, table: { readonly name: string }): string =>
  `read.${table.name}_v${projection.version}`;

/** `orderKey` as a column: `order_key`. */
export const columnName = (property: string): string =>
  property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What an event's rows are read by when they are folded again: its order key, or its inventory stream. */
export const sourceKeyOf = (event: Pick<ReadEvent, 'orderKey' | 'streamId'>): string =>
  event.orderKey ?? event.streamId;
