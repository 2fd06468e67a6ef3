export type Brand = 'visa' | 'mastercard' | 'amex';

interface Scheme {
  brand: Brand;
  starts: RegExp;
  length: number;
  /** How the digits are grouped on the card. */
  groups: readonly number[];
  cvcLength: number;
}

const schemes: readonly Scheme[] = [
  { brand: 'visa', starts: /^4/, length: 16, groups: [4, 4, 4, 4], cvcLength: 3 },
  { brand: 'mastercard', starts: /^(5[1-5]|2[2-7])/, length: 16, groups: [4, 4, 4, 4], cvcLength: 3 },
  { brand: 'amex', starts: /^3[47]/, length: 15, groups: [4, 6, 5], cvcLength: 4 },
];

// Any other scheme: the longest number there is, grouped by four.
const other = { brand: undefined, length: 19, groups: [4, 4, 4, 4, 3], cvcLength: 4 } as const;

/** What is known of a card from its first digits. */
export const schemeOf = (digits: string): Scheme | typeof other => schemes.find(({ starts }) => starts.test(digits)) ?? other;

export const brandOf = (digits: string): Brand | undefined => schemeOf(digits).brand;
