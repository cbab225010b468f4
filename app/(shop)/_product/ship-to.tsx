'use client';

interface ShipToProps {
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly value: string;
  readonly onValueChange: (country: string) => void;
}

/** The country's name inside a sentence, and a choice of others: prices of shipping and dates follow it. */
export const ShipTo = ({ countries, value, onValueChange }: ShipToProps) => (
  <select
    aria-label="Ship to"
    value={value}
    onChange={(event) => onValueChange(event.target.value)}
    className="field-sizing-content cursor-pointer appearance-none rounded-badge bg-sheet font-medium text-link underline decoration-1 underline-offset-3"
  >
    {!countries.some(({ code }) => code === value) && <option value={value}>{value}</option>}
    {countries.map(({ code, name }) => (
      <option key={code} value={code}>
        {name}
      </option>
    ))}
  </select>
);
