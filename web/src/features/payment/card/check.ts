import { schemeOf } from './brand';
import { digitsOf } from './format';
import { tokenOf } from './testCards';

export interface CardEntry {
  number: string;
  expiry: string;
  cvc: string;
}

export type CardField = keyof CardEntry;

export type CardError = 'required' | 'numberIncomplete' | 'numberInvalid' | 'notTestCard' | 'expiryInvalid' | 'expiryPast' | 'cvcInvalid';

export type CardErrors = Partial<Record<CardField, CardError>>;

/** The check digit of card numbers (ISO/IEC 7812), which catches mistyped ones. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, character, index) => {
    const digit = Number(character) * (index % 2 === 1 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return digits.length > 0 && sum % 10 === 0;
}

export function checkNumber(text: string): CardError | undefined {
  const digits = digitsOf(text);
  if (!digits) return 'required';
  if (digits.length < Math.min(schemeOf(digits).length, 16)) return 'numberIncomplete';
  if (!passesLuhn(digits)) return 'numberInvalid';
  return tokenOf(digits) ? undefined : 'notTestCard';
}

/** A card is good until the end of the month it expires in. */
export function checkExpiry(text: string, now: Date): CardError | undefined {
  const digits = digitsOf(text);
  if (!digits) return 'required';
  const month = Number(digits.slice(0, 2));
  if (digits.length !== 4 || month < 1 || month > 12) return 'expiryInvalid';
  const firstDayAfter = new Date(2000 + Number(digits.slice(2)), month, 1);
  return firstDayAfter > now ? undefined : 'expiryPast';
}

export function checkCvc(text: string, number: string): CardError | undefined {
  const cvc = digitsOf(text);
  if (!cvc) return 'required';
  const scheme = schemeOf(digitsOf(number));
  const fits = scheme.brand ? cvc.length === scheme.cvcLength : cvc.length === 3 || cvc.length === 4;
  return fits ? undefined : 'cvcInvalid';
}

/** The first thing wrong with each field; empty when the card can be used. */
export function checkCard({ number, expiry, cvc }: CardEntry, now: Date): CardErrors {
  const found = { number: checkNumber(number), expiry: checkExpiry(expiry, now), cvc: checkCvc(cvc, number) };
  return Object.fromEntries(Object.entries(found).filter(([, error]) => error !== undefined));
}
