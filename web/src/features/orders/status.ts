import type { OrderStatus } from './api';

/** Nothing more happens to an order in these. */
const final: readonly OrderStatus[] = ['completed', 'cancelled', 'returned'];

/** Steps an order passes when all goes well, in order. */
export const happyPath: readonly OrderStatus[] = ['submitted', 'confirmed', 'shipped', 'completed'];

export const isFinal = (status: OrderStatus): boolean => final.includes(status);

export const canCancel = (status: OrderStatus): boolean => status === 'submitted' || status === 'confirmed';

/** How soon to look again, in milliseconds; 0 stops looking. */
export function pollInterval(status: OrderStatus | undefined): number {
  if (status === undefined || isFinal(status)) return 0;
  return status === 'submitted' ? 700 : 10_000;
}
