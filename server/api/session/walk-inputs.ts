import { nothing, type WalkInputs } from '../testing/walk-input.ts';

export const sessionWalkInputs: WalkInputs = { me: nothing };
