import type { OrderStatus } from '../api';

/** What the hub tells about an order of this customer. */
export interface OrderNews {
  orderId: string;
  number: string;
  status: OrderStatus;
  reason: string | null;
  at: string;
}
