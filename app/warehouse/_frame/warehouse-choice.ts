/** Where this device works; kept between visits. */
export const warehouseCookie = 'waybill_warehouse';

export type WarehouseOption = { readonly code: string; readonly city: string };

/** The warehouse to show: the address's, else this device's, else the first. */
export const chooseWarehouse = (
  warehouses: readonly WarehouseOption[],
  ...wishes: readonly (string | null | undefined)[]
): string => wishes.find((wish) => warehouses.some(({ code }) => code === wish)) ?? warehouses[0]?.code ?? 'NONE';

export const rememberWarehouse = (code: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere, and a scanner is old
  document.cookie = `${warehouseCookie}=${encodeURIComponent(code)}; Path=/warehouse; SameSite=Lax; Max-Age=31536000`;
};
