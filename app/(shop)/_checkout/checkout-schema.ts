import { z } from 'zod';

/** By country: what a postal code looks like there, and the words that mend it. */
const postalCodes: Readonly<Record<string, { readonly shape: RegExp; readonly fix: string }>> = {
  PT: { shape: /^\d{4}-?\d{3}$/, fix: 'Enter 4 and 3 digits, like 4050-262' },
  NL: { shape: /^\d{4} ?[A-Za-z]{2}$/, fix: 'Enter 4 digits and 2 letters, like 1012 AB' },
  DE: { shape: /^\d{5}$/, fix: 'Enter 5 digits, like 10115' },
  ES: { shape: /^\d{5}$/, fix: 'Enter 5 digits, like 28001' },
  FR: { shape: /^\d{5}$/, fix: 'Enter 5 digits, like 75001' },
  IT: { shape: /^\d{5}$/, fix: 'Enter 5 digits, like 00184' },
  BE: { shape: /^\d{4}$/, fix: 'Enter 4 digits, like 1000' },
  AT: { shape: /^\d{4}$/, fix: 'Enter 4 digits, like 1010' },
  PL: { shape: /^\d{2}-?\d{3}$/, fix: 'Enter 2 and 3 digits, like 00-001' },
};

const filled = (fix: string, most: number) =>
  z.string().trim().min(1, fix).max(most, `Shorten this to ${most} characters`);

/** A card's date is good until its month ends. */
const isPast = (expiry: string): boolean => {
  const [month = 0, year = 0] = expiry.split('/').map((part) => Number(part.trim()));
  return Date.UTC(2000 + (year % 100), month, 1) <= Date.now();
};

const addressShape = {
  name: filled('Enter the name on the doorbell', 200),
  street: filled('Enter street and number, like Rua das Flores 12', 300),
  postalCode: filled('Enter the postal code', 20),
  city: filled('Enter the town', 120),
  country: z.string().regex(/^[A-Z]{2}$/, 'Choose a country'),
};
type AddressForm = z.infer<z.ZodObject<typeof addressShape>>;

const postalCodeFix = ({ country, postalCode }: AddressForm): string | null => {
  const rule = postalCodes[country];
  return rule && postalCode && !rule.shape.test(postalCode.trim()) ? rule.fix : null;
};

/** What is wrong with an address, by field, in words that mend it; empty when nothing is. */
export const addressErrors = (address: AddressForm): Partial<Record<keyof AddressForm, string>> => {
  const { error } = z.object(addressShape).safeParse(address);
  const fix = postalCodeFix(address);
  return {
    ...(fix ? { postalCode: fix } : {}),
    ...Object.fromEntries(error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? []),
  };
};

/** What the checkout's form holds. The server checks all of it again. */
export const checkoutSchema = z
  .object({
    email: z.email('Enter a mail address, like ines@example.pt').max(320),
    ...addressShape,
    phone: z.string().trim().max(40, 'Shorten this to 40 characters'),
    shippingMethod: z.enum(['standard', 'express', 'pickup']),
    cardNumber: z
      .string()
      .refine((number) => /^\d{12,19}$/.test(number.replaceAll(/[\s-]/g, '')), 'Enter the 12 to 19 digits on the card'),
    expiry: z
      .string()
      .trim()
      .regex(/^(0?[1-9]|1[0-2])\s*\/\s*(\d{2}|20\d{2})$/, 'Enter month and year, like 08/29')
      .refine((expiry) => !isPast(expiry), 'This card has expired. Use another one'),
    cvc: z
      .string()
      .trim()
      .regex(/^\d{3,4}$/, 'Enter 3 digits, 4 for American Express'),
  })
  .check(({ value, issues }) => {
    const fix = postalCodeFix(value);
    if (fix) issues.push({ code: 'custom', path: ['postalCode'], message: fix, input: value.postalCode });
  });

export type CheckoutForm = z.infer<typeof checkoutSchema>;

/** Where the server's names of the fields stand in the form. */
export const formFieldOf: Readonly<Record<string, keyof CheckoutForm>> = {
  'contact.name': 'name',
  'contact.email': 'email',
  'contact.phone': 'phone',
  'address.name': 'name',
  'address.street': 'street',
  'address.postalCode': 'postalCode',
  'address.city': 'city',
  'address.country': 'country',
  shippingMethod: 'shippingMethod',
};

export const emptyForm: CheckoutForm = {
  email: '',
  name: '',
  street: '',
  postalCode: '',
  city: '',
  country: 'PT',
  phone: '',
  shippingMethod: 'standard',
  cardNumber: '',
  expiry: '',
  cvc: '',
};
