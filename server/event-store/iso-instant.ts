// As PostgreSQL writes an instant in UTC: 2026-11-22 19:30:39.439123+00, without what would be zeros at the end.
const inUtc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;

/** An instant as PostgreSQL writes it, in whatever time zone, as ISO 8601 in UTC to the millisecond; the rest is cut off. */
export const isoInstant = (text: string): string => {
  const found = inUtc.exec(text);
  if (!found) return new Date(text).toISOString();
  return `${found[1]}T${found[2]}.${(found[3] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
};
