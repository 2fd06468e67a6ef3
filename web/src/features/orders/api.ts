import { api } from '../../app/api';
import type { Priced } from '../../shared/components/Totals';
import type { Money, Page } from '../../shared/types';

export type OrderStatus = 'submitted' | 'awaiting-payment-action' | 'confirmed' | 'shipped' | 'completed' | 'cancelled' | 'returned';

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

export interface Order extends Priced {
  id: string;
  number: string;
  status: OrderStatus;
  items: OrderItem[];
  createdAt: string;
  shippingAddress: Address;
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
    orders: build.query<Page<Order>, number>({
      query: (page) => ({ url: 'orders', params: { page } }),
      providesTags: ['Order'],
    }),
    order: build.query<Order, string>({
      query: (id) => `orders/${encodeURIComponent(id)}`,
      providesTags: (_order, _error, id) => [{ type: 'Order', id }],
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

export const { useOrdersQuery, useOrderQuery, usePlaceOrderMutation, useCancelOrderMutation } = ordersApi;
