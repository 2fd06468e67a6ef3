import type { Money } from '../../shared/types';
import type { Variant } from './api';

/** The lowest price of a product's variants, and whether others cost more. */
export function priceRange(variants: readonly Variant[]): { lowest: Money; varies: boolean } | undefined {
  const [first, ...others] = variants;
  if (!first) return undefined;
  const lowest = others.reduce((low, { price }) => (price.amount < low.amount ? price : low), first.price);
  return { lowest, varies: variants.some(({ price }) => price.amount !== lowest.amount) };
}

export const isSoldOut = (variants: readonly Variant[]): boolean => variants.every(({ available }) => available <= 0);
