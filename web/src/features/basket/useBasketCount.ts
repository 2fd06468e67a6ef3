import { useBasketQuery } from './api';

/** How many pieces are in the basket. */
export function useBasketCount(): number {
  const { data } = useBasketQuery();
  return data?.items.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
}
