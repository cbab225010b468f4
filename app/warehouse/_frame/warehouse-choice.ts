/** Where this device works; kept between visits. */
export const warehouseCookie = 'waybill_warehouse';

export type WarehouseOption = { readonly code: string; readonly city: string };

/** The warehouse to show: the address's, else this device's, else where most waits, else the first. */
export const chooseWarehouse = (
  warehouses: readonly WarehouseOption[],
  ...wishes: readonly (string | null | undefined)[]
): string => wishes.find((wish) => warehouses.some(({ code }) => code === wish)) ?? warehouses[0]?.code ?? 'NONE';

/** Where most waits, for a device that has not worked anywhere yet. */
export const busiest = (counts: readonly { readonly warehouse: string; readonly all: number }[]): string | null =>
  counts.toSorted((a, b) => b.all - a.all)[0]?.warehouse ?? null;

/** Keeps the choice on this device. */
export const rememberWarehouse = (code: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere, and a scanner is old
  document.cookie = `${warehouseCookie}=${encodeURIComponent(code)}; Path=/warehouse; SameSite=Lax; Max-Age=31536000`;
};
