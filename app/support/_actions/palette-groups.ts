/** What the palette can offer beside orders: found here, by the beginnings of its words. */
export type Offered = {
  readonly label: string;
  readonly keywords: readonly string[];
};

/** Whether each typed word begins one of the words. Nothing typed fits all. */
export const fitsTyped = ({ label, keywords }: Offered, typed: string): boolean => {
  const words = [label, ...keywords].join(' ').toLowerCase().split(/\s+/);
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => words.some((each) => each.startsWith(word)));
};
