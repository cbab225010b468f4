import { z } from 'zod';
import { skuSchema } from '#domain/shared/ids.ts';

/** More than the domain takes in one order, so that the domain's own words are heard. */
const linesMost = 3_000;

export const cartLines = z
  .array(z.strictObject({ sku: skuSchema, quantity: z.int('Enter a whole number').min(1).max(999) }))
  .max(linesMost);

export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'Choose a country');
export const shippingMethodCode = z.enum(['standard', 'express', 'pickup']);
export const discountCode = z.string().trim().min(1).max(40).nullable();
