import { api } from '../../app/api';
import type { Priced } from '../../shared/components/Totals';
import type { Money, Page } from '../../shared/types';

export type OrderStatus = 'submitted' | 'awaiting-payment-action' | 'confirmed' | 'shipped' | 'completed' | 'cancelled' | 'returned';

export type CancelReason =
  | 'customer-request' | 'out-of-stock' | 'reservation-expired' | 'payment-declined' | 'payment-action-expired' | 'payment-failed' | 'processing-failed';

/** Something the customer has to do before the order can go on. */
export interface NextAction {
  type: 'redirect';
  url: string;
}

export interface Address {
  name: string;
  line1: string;
  line2?: string | undefined;
  city: string;
  postalCode: string;
  region?: string | undefined;
  country: string;
}

export interface OrderItem {
  sku: string;
  title: string;
  quantity: number;
  unitPrice: Money;
  lineTotal?: Money;
}

/** An order in a list: without personal data. */
export interface OrderSummary {
  id: string;
  number: string;
  status: OrderStatus;
  items: OrderItem[];
  total: Money;
  createdAt: string;
}

export interface Order extends OrderSummary, Priced {
  email: string;
  shippingAddress: Address;
  /** Only while it is awaiting-payment-action. */
  nextAction?: NextAction | null;
  /** Who carries it, once it is shipped and as far as that is known. */
  carrier?: string | null;
  trackingNumber?: string | null;
  /** Only when it is cancelled; the server may come to know reasons that we do not. */
  cancelReason?: CancelReason | (string & {}) | null;
}

export interface TimelineEntry {
  at: string;
  kind: 'status' | 'workflow';
  /** Of a status entry: the status. */
  name: string;
  detail?: string | null;
}

export interface OrderTimeline {
  orderId: string;
  entries: TimelineEntry[];
}

export interface NewOrder {
  email: string;
  shippingAddress: Address;
  paymentMethod: { type: 'card'; token: string };
}

export interface Placement {
  /** Kept over repeated tries of the same checkout, so that a lost answer never means two orders. */
  idempotencyKey: string;
  order: NewOrder;
}

export interface PlacedOrder {
  orderId: string;
  status: OrderStatus;
}

export const ordersApi = api.injectEndpoints({
  endpoints: (build) => ({
    orders: build.query<Page<OrderSummary>, number>({
      query: (page) => ({ url: 'orders', params: { page } }),
      providesTags: (page) => [{ type: 'Order', id: 'list' }, ...(page?.items ?? []).map(({ id }) => ({ type: 'Order' as const, id }))],
    }),
    order: build.query<Order, string>({
      query: (id) => `orders/${encodeURIComponent(id)}`,
      providesTags: (_order, _error, id) => [{ type: 'Order', id }],
    }),
    /** The status is asked along, so that a new one has a timeline of its own. */
    orderTimeline: build.query<OrderTimeline, { id: string; status: OrderStatus }>({
      query: ({ id }) => `orders/${encodeURIComponent(id)}/timeline`,
      providesTags: (_timeline, _error, { id }) => [{ type: 'Order', id }],
    }),
    placeOrder: build.mutation<PlacedOrder, Placement>({
      query: ({ idempotencyKey, order }) => ({ url: 'orders', method: 'POST', body: order, headers: { 'Idempotency-Key': idempotencyKey } }),
      invalidatesTags: (placed) => (placed ? ['Order', 'Basket'] : []),
    }),
    cancelOrder: build.mutation<unknown, string>({
      query: (id) => ({ url: `orders/${encodeURIComponent(id)}/cancel`, method: 'POST' }),
      invalidatesTags: (_answer, _error, id) => [{ type: 'Order', id }],
    }),
  }),
});

export const { useOrdersQuery, useOrderQuery, useOrderTimelineQuery, usePlaceOrderMutation, useCancelOrderMutation } = ordersApi;
