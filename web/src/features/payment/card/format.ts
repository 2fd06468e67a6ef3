import { schemeOf } from './brand';

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** A card number as it stands on the card: 4242 4242 4242 4242. */
export function formatNumber(text: string): string {
  const digits = digitsOf(text);
  const { groups, length } = schemeOf(digits);
  const parts: string[] = [];
  let from = 0;
  for (const size of groups) {
    parts.push(digits.slice(from, Math.min(from + size, length)));
    from += size;
  }
  return parts.filter(Boolean).join(' ');
}

/** An expiry date as it stands on the card: 04 / 30, also from what browsers fill in (04/2030). */
export function formatExpiry(text: string): string {
  const typed = digitsOf(text);
  // No month starts with 2 to 9, and a slash after one digit ends the month.
  const digits = /^[2-9]/.test(typed) || /^\d\s*\//.test(text) ? `0${typed}` : typed;
  const year = digits.length >= 6 ? digits.slice(4, 6) : digits.slice(2, 4);
  return year ? `${digits.slice(0, 2)} / ${year}` : digits;
}

export const formatCvc = (text: string): string => digitsOf(text).slice(0, 4);

/** Where the cursor belongs after formatting: behind as many digits as before it. */
export function caretAfter(formatted: string, digitsBefore: number): number {
  let seen = 0;
  for (let index = 0; index < formatted.length; index += 1) {
    if (seen === digitsBefore) return index;
    if (/\d/.test(formatted.charAt(index))) seen += 1;
  }
  return formatted.length;
}
