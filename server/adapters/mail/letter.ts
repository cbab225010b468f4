/** A mail before it is written out as HTML and as plain text: what it says, in order. All texts are plain. */
export type Letter = {
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly orderNumber: string;
  /** How far the order has come on its way, 0 placed to 4 with the customer; null where it goes nowhere. */
  readonly reached: number | null;
  readonly paragraphs: readonly string[];
  readonly items: readonly { readonly quantity: number; readonly name: string; readonly amount: string | null }[];
  /** How many items there are beyond those. */
  readonly itemsLeftOut: number;
  readonly sums: readonly { readonly label: string; readonly amount: string; readonly isTotal: boolean }[];
  readonly facts: readonly { readonly caption: string; readonly value: string; readonly isCode: boolean }[];
  readonly action: { readonly label: string; readonly url: string };
  /** What whoever has the link may do with it, and until when. */
  readonly aboutLink: string;
};
