import type { OrderStatus } from './api';

/** Nothing more happens to an order in these. */
const final: readonly OrderStatus[] = ['completed', 'cancelled', 'returned'];

/** Steps an order passes when all goes well, in order. */
export const happyPath: readonly OrderStatus[] = ['submitted', 'confirmed', 'shipped', 'completed'];

/** Most orders never wait for the customer's bank; those that do show it. */
export const stepsOf = (status: OrderStatus): readonly OrderStatus[] =>
  status === 'awaiting-payment-action' ? ['submitted', 'awaiting-payment-action', 'confirmed', 'shipped', 'completed'] : happyPath;

export const isFinal = (status: OrderStatus): boolean => final.includes(status);

export const canCancel = (status: OrderStatus): boolean => status === 'submitted' || status === 'awaiting-payment-action' || status === 'confirmed';

/** How soon to look again while no news arrive by themselves, in milliseconds; 0 stops looking. */
export function pollInterval(status: OrderStatus | undefined): number {
  if (status === undefined || isFinal(status)) return 0;
  if (status === 'submitted') return 700;
  return status === 'awaiting-payment-action' ? 2000 : 10_000;
}
