import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { type House as BuiltHouse, buildHouse } from './house.ts';

export { cards } from './house.ts';

export type House = BuiltHouse & { readonly test: TestStore; readonly close: () => Promise<void> };

/** A house on a test database of its own. Close it in `afterAll`. */
export const openHouse = async (): Promise<House> => {
  const test = await openTestStore();
  const house = buildHouse(test.another({}, 'worker'));
  return { ...house, test, close: () => test.close() };
};
