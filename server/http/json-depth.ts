/**
 * Whether JSON text nests deeper than `most`, told without parsing it. Text that is not JSON gets some answer; the
 * parser refuses it afterwards.
 */
export const isDeeperThan = (text: string, most: number): boolean => {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (isInString) {
      if (character === 0x5c) index += 1;
      else if (character === 0x22) isInString = false;
    } else if (character === 0x22) isInString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
};
