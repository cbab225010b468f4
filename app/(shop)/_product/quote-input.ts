/** Asks what one of a product costs to send, and when it arrives. The same on server and browser. */
export const quoteOfOne = (sku: string, country: string) => ({ lines: [{ sku, quantity: 1 }], country });
