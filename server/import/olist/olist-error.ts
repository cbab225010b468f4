/** The files can't be read as Olist's: the message says which file, which line and why. Nothing is guessed. */
export class OlistError extends Error {
  override readonly name = 'OlistError';
}
