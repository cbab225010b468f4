import { listAgents } from '#server/queries/agents.ts';
import { supportProcedure } from '../procedures.ts';

/** Whom an order can be assigned to, by name; and which of them asks. */
export const staff = supportProcedure.query(async ({ ctx }) => ({
  agents: await listAgents(ctx.runtime),
  me: ctx.viewer.id,
}));
