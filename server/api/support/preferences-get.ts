import { readPreferences } from '#server/queries/desk/preferences.ts';
import { supportProcedure } from '../procedures.ts';

/** How the agent wants the list. */
export const preferencesGet = supportProcedure.query(({ ctx }) => readPreferences(ctx.runtime.crud, ctx.viewer.id));
