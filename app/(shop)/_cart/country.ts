/** Where this browser ships to, so that the server can write the first delivery dates for that country. */
export const countryCookie = 'waybill_country';
