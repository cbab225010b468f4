import type { Tier } from '#domain/order/events.ts';

/** A customer of the demo. Nobody real. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly tier: Tier;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

const person = (
  name: string,
  tier: Tier,
  [street, postalCode, city, country]: readonly [string, string, string, string],
  phone: string | null = null,
): Person => {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ø/g, 'o')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
  const email = `${slug.replace('-', '.')}@mail.example`;
  return { id: `demo-${slug}`, name, email, phone, tier, street, postalCode, city, country };
};

/** The first has the demo's customer account. */
export const people: readonly [Person, ...Person[]] = [
  {
    ...person('Marta Oliveira', 'gold', ['Rua das Flores 118', '4050-265', 'Porto', 'PT'], '+351 220 555 118'),
    email: 'marta@waybill.example',
  },
  person('Jonas Brandt', 'standard', ['Lindenstraße 4', '10969', 'Berlin', 'DE'], '+49 30 5550 104'),
  person('Ayumi Tanaka', 'silver', ['Prinsengracht 263', '1016 GV', 'Amsterdam', 'NL']),
  person('Lucas Ferreira', 'standard', ['Calle de Atocha 27', '28012', 'Madrid', 'ES'], '+34 910 555 027'),
  person('Nadia Haddad', 'gold', ['Rue Oberkampf 52', '75011', 'Paris', 'FR']),
  person('Peter Novák', 'standard', ['Dlouhá 33', '110 00', 'Praha', 'CZ']),
  person('Claire Dubois', 'silver', ['Rue Haute 140', '1000', 'Bruxelles', 'BE'], '+32 2 555 01 40'),
  person('Sam Okafor', 'silver', ['Chapel Street 9', 'M3 5BQ', 'Manchester', 'GB']),
  person('Erik Lund', 'standard', ['Götgatan 78', '118 30', 'Stockholm', 'SE']),
  person('Hanna Virtanen', 'standard', ['Mannerheimintie 14', '00100', 'Helsinki', 'FI']),
  person('Julia Weiß', 'gold', ['Donaudampfschifffahrtsgasse 7', '1030', 'Wien', 'AT']),
  person('Tomás Ruiz', 'standard', ['Carrer de Mallorca 401', '08013', 'Barcelona', 'ES']),
  person('Mei Chen', 'gold', ['Via Torino 61', '20123', 'Milano', 'IT']),
  person('Kasia Wójcik', 'standard', ['ulica Długa 45', '80-831', 'Gdańsk', 'PL'], '+48 58 555 45 00'),
];
