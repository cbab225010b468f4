/** A country that a warehouse sends to. */
export interface ServedCountry {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Working days from shipped to delivered, by the standard method. */
  readonly transitDays: number;
}

/** A warehouse of the demo. */
export interface SeedWarehouse {
  /** Upper case, unique; used in events and routes. */
  readonly code: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly timeZone: string;
  /** "HH:MM" there; orders confirmed before it leave the same day. */
  readonly cutOff: string;
  /** Nearest first. For a country, the warehouse with the fewest transit days is the nearest. */
  readonly serves: readonly ServedCountry[];
}

const within = (transitDays: number, ...countries: string[]): ServedCountry[] =>
  countries.map((country) => ({ country, transitDays }));

export const warehouses: readonly SeedWarehouse[] = [
  {
    code: 'OPO',
    city: 'Porto',
    country: 'PT',
    timeZone: 'Europe/Lisbon',
    cutOff: '16:00',
    serves: [
      ...within(1, 'PT'),
      ...within(2, 'ES'),
      ...within(3, 'FR', 'IE', 'GB'),
      ...within(4, 'BE', 'NL', 'LU', 'DE', 'IT', 'CH', 'AT', 'DK'),
      ...within(5, 'PL', 'CZ', 'SE', 'FI', 'NO'),
      ...within(7, 'BR', 'US', 'CA'),
    ],
  },
  {
    code: 'RTM',
    city: 'Rotterdam',
    country: 'NL',
    timeZone: 'Europe/Amsterdam',
    cutOff: '17:00',
    serves: [
      ...within(1, 'NL', 'BE', 'LU'),
      ...within(2, 'DE', 'FR', 'DK', 'GB'),
      ...within(3, 'AT', 'CH', 'IE', 'IT', 'CZ', 'PL', 'SE'),
      ...within(4, 'ES', 'PT', 'NO', 'FI'),
      ...within(8, 'US', 'CA', 'BR'),
    ],
  },
  {
    code: 'GDN',
    city: 'Gdańsk',
    country: 'PL',
    timeZone: 'Europe/Warsaw',
    cutOff: '15:30',
    serves: [
      ...within(1, 'PL'),
      ...within(2, 'CZ', 'SE', 'FI', 'NO'),
      ...within(3, 'DE', 'DK', 'AT'),
      ...within(4, 'NL', 'BE', 'LU', 'CH', 'IT', 'FR', 'GB'),
      ...within(6, 'IE', 'ES', 'PT'),
    ],
  },
  {
    code: 'RNO',
    city: 'Reno',
    country: 'US',
    timeZone: 'America/Los_Angeles',
    cutOff: '14:00',
    serves: [...within(2, 'US'), ...within(3, 'CA'), ...within(6, 'BR'), ...within(9, 'GB', 'IE', 'PT', 'ES', 'NL')],
  },
];
