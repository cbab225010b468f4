import 'server-only';
import { cookies } from 'next/headers';
import { emptyCart } from './cart.ts';
import { countryCookie } from './country.ts';

/** The country that the visitor ships to, ISO 3166-1 alpha-2; the shop's own until they choose one. */
export const visitorCountry = async (): Promise<string> => {
  const said = (await cookies()).get(countryCookie)?.value ?? '';
  return /^[A-Z]{2}$/.test(said) ? said : emptyCart.country;
};
