/** A tag of what was typed: `VIP  customer!` is `vip-customer`; null when nothing of it can be a tag. */
export const tagFrom = (typed: string): string | null => {
  const tag = typed
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+/g, '')
    .slice(0, 40)
    .replaceAll(/-+$/g, '');
  return tag === '' ? null : tag;
};
