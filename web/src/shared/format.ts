import type { Money } from './types';

const locale = 'en-IE';
const moneyFormats = new Map<string, Intl.NumberFormat>();

export function formatMoney({ amount, currency }: Money): string {
  let format = moneyFormats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    moneyFormats.set(currency, format);
  }
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export const formatDateTime = (rfc3339: string): string => dateTime.format(new Date(rfc3339));

const regions = new Intl.DisplayNames(locale, { type: 'region' });

/** The name of a country by its ISO 3166-1 code. */
export const formatCountry = (code: string): string => regions.of(code) ?? code;
