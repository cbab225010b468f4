import { adminWalkInputs } from '../admin/walk-inputs.ts';
import { auditWalkInputs } from '../audit/walk-inputs.ts';
import { liveWalkInputs } from '../live/walk-inputs.ts';
import { sessionWalkInputs } from '../session/walk-inputs.ts';
import { shopWalkInputs } from '../shop/walk-inputs.ts';
import { supportWalkInputs } from '../support/walk-inputs.ts';
import { warehouseWalkInputs } from '../warehouse/walk-inputs.ts';
import type { WalkInput, WalkInputs } from './walk-input.ts';

const byRouter: Readonly<Record<string, WalkInputs>> = {
  admin: adminWalkInputs,
  audit: auditWalkInputs,
  live: liveWalkInputs,
  session: sessionWalkInputs,
  shop: shopWalkInputs,
  support: supportWalkInputs,
  warehouse: warehouseWalkInputs,
};

/** Every procedure's input, by its path. One file a role, as with the procedures. */
export const walkInputs: Readonly<Record<string, WalkInput>> = Object.fromEntries(
  Object.entries(byRouter).flatMap(([router, inputs]) =>
    Object.entries(inputs).map(([name, input]) => [`${router}.${name}`, input]),
  ),
);
