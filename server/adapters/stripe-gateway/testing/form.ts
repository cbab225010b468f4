export type FormValue = string | FormValue[] | { [key: string]: FormValue };

/** Stripe's bodies and queries: `card[number]=4`, `expand[0]=x`, `expand[]=x`, nested to any depth. */
export const parseForm = (text: string): Record<string, FormValue> => {
  const root: Record<string, FormValue> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part);
    let at: Record<string, FormValue> = root;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      if (typeof next === 'object' && !Array.isArray(next)) at = next;
      else {
        const made: Record<string, FormValue> = {};
        at[part] = made;
        at = made;
      }
    }
    at[path.at(-1) ?? name] = value;
  }
  return root;
};

export const fieldsOf = (value: FormValue | undefined): Record<string, string> =>
  typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

export const textOf = (value: FormValue | undefined): string | null => (typeof value === 'string' ? value : null);
