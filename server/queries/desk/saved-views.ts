import { and, asc, count, desc, eq, or } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { users } from '#db/schema/auth-users.ts';
import { savedViews } from '#db/schema/desk-views.ts';
import type { DeskView, OrderSort } from '#domain/search/order-sorts.ts';

export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly base: DeskView;
  readonly sort: OrderSort;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  readonly ownerName: string;
};

/** More would find no place on a screen. */
export const ownViewsMost = 40;
const sharedMost = 60;

const columns = {
  id: savedViews.id,
  ownerId: savedViews.ownerId,
  ownerName: users.name,
  name: savedViews.name,
  query: savedViews.query,
  base: savedViews.base,
  sort: savedViews.sort,
  isShared: savedViews.isShared,
};

/** The views that an agent sees: the own ones first, then those that others share, each from the oldest on. */
export const visibleViews = async (crud: PostgresJsDatabase, viewerId: string): Promise<SavedView[]> => {
  const rows = await crud
    .select(columns)
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(or(eq(savedViews.ownerId, viewerId), eq(savedViews.isShared, true)))
    .orderBy(desc(eq(savedViews.ownerId, viewerId)), asc(savedViews.createdAt), asc(savedViews.id))
    .limit(ownViewsMost + sharedMost);
  return rows.map(({ ownerId, ...view }) => ({ ...view, isOwn: ownerId === viewerId }));
};

type KeptView = Omit<SavedView, 'isOwn' | 'ownerName'>;

export type ViewOutcome = 'done' | 'unknown' | 'not-yours' | 'name-taken' | 'too-many';

const codeOf = (error: unknown): unknown =>
  error instanceof Error ? ('code' in error ? error.code : codeOf(error.cause)) : undefined;

const whose = async (crud: PostgresJsDatabase, viewerId: string, id: string) => {
  const [view] = await crud
    .select({ ownerId: savedViews.ownerId, isShared: savedViews.isShared })
    .from(savedViews)
    .where(eq(savedViews.id, id));
  if (!view) return 'nobody';
  if (view.ownerId === viewerId) return 'own';
  // What is somebody else's own looks like what isn't there.
  return view.isShared ? 'shared' : 'hidden';
};

/** Keeps a view, new or changed: the client makes its id, so that a retry is the same view. */
export const saveView = async (
  crud: PostgresJsDatabase,
  viewerId: string,
  { id, ...view }: KeptView,
): Promise<ViewOutcome> => {
  const owner = await whose(crud, viewerId, id);
  if (owner === 'shared') return 'not-yours';
  if (owner === 'hidden') return 'unknown';
  const [own] = await crud.select({ total: count() }).from(savedViews).where(eq(savedViews.ownerId, viewerId));
  if (owner === 'nobody' && (own?.total ?? 0) >= ownViewsMost) return 'too-many';
  try {
    await crud
      .insert(savedViews)
      .values({ id, ownerId: viewerId, ...view })
      .onConflictDoUpdate({ target: savedViews.id, set: view, setWhere: eq(savedViews.ownerId, viewerId) });
    return 'done';
  } catch (error) {
    if (codeOf(error) === '23505') return 'name-taken';
    throw error;
  }
};

/** Removes an own view; one that is gone already is gone. */
export const deleteView = async (crud: PostgresJsDatabase, viewerId: string, id: string): Promise<ViewOutcome> => {
  const owner = await whose(crud, viewerId, id);
  if (owner === 'shared') return 'not-yours';
  if (owner === 'hidden') return 'unknown';
  await crud.delete(savedViews).where(and(eq(savedViews.id, id), eq(savedViews.ownerId, viewerId)));
  return 'done';
};
