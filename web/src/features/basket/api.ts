import { api } from '../../app/api';
import type { Priced } from '../../shared/components/Totals';
import type { Money } from '../../shared/types';

export interface BasketLine {
  sku: string;
  title: string;
  quantity: number;
  unitPrice: Money;
  lineTotal: Money;
  image?: string | null;
}

export interface Basket extends Priced {
  items: BasketLine[];
}

export interface LineChange {
  sku: string;
  quantity: number;
}

export const basketApi = api.injectEndpoints({
  endpoints: (build) => ({
    basket: build.query<Basket, void>({
      query: () => 'basket',
      providesTags: ['Basket'],
    }),
    setQuantity: build.mutation<Basket, LineChange>({
      query: ({ sku, quantity }) => ({ url: `basket/items/${encodeURIComponent(sku)}`, method: 'PUT', body: { quantity } }),
      // Shown at once, and taken back if the server refuses; sums stay the server's business.
      async onQueryStarted({ sku, quantity }, { dispatch, queryFulfilled }) {
        const shown = dispatch(basketApi.util.updateQueryData('basket', undefined, (basket) => {
          const line = basket.items.find((item) => item.sku === sku);
          if (line) line.quantity = quantity;
        }));
        await queryFulfilled.catch(() => shown.undo());
      },
      invalidatesTags: ['Basket'],
    }),
    removeLine: build.mutation<Basket | undefined, string>({
      query: (sku) => ({ url: `basket/items/${encodeURIComponent(sku)}`, method: 'DELETE' }),
      async onQueryStarted(sku, { dispatch, queryFulfilled }) {
        const shown = dispatch(basketApi.util.updateQueryData('basket', undefined, (basket) => {
          basket.items = basket.items.filter((item) => item.sku !== sku);
        }));
        await queryFulfilled.catch(() => shown.undo());
      },
      invalidatesTags: ['Basket'],
    }),
  }),
});

export const { useBasketQuery, useSetQuantityMutation, useRemoveLineMutation } = basketApi;
