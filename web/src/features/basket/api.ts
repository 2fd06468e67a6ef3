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

/** What came of putting several lines into the basket: the titles of those it did not take. */
export interface PutBack {
  refused: string[];
}

const lineUrl = (sku: string) => `basket/items/${encodeURIComponent(sku)}`;

export const basketApi = api.injectEndpoints({
  endpoints: (build) => ({
    basket: build.query<Basket, void>({
      query: () => 'basket',
      providesTags: ['Basket'],
    }),
    setQuantity: build.mutation<Basket, LineChange>({
      query: ({ sku, quantity }) => ({ url: lineUrl(sku), method: 'PUT', body: { quantity } }),
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
      query: (sku) => ({ url: lineUrl(sku), method: 'DELETE' }),
      async onQueryStarted(sku, { dispatch, queryFulfilled }) {
        const shown = dispatch(basketApi.util.updateQueryData('basket', undefined, (basket) => {
          basket.items = basket.items.filter((item) => item.sku !== sku);
        }));
        await queryFulfilled.catch(() => shown.undo());
      },
      invalidatesTags: ['Basket'],
    }),
    /** Sees to it that the basket holds at least these pieces, so that doing it twice changes nothing more. */
    putBack: build.mutation<PutBack, (LineChange & { title: string })[]>({
      async queryFn(lines, _queryApi, _options, request) {
        const answer = await request('basket');
        if (answer.error) return { error: answer.error };
        const { items } = answer.data as Basket;
        const refused: string[] = [];
        // One after the other: changes of one basket at the same time would be refused.
        for (const { sku, title, quantity } of lines) {
          const held = items.find((item) => item.sku === sku)?.quantity ?? 0;
          if (held >= quantity) continue;
          const { error } = await request({ url: lineUrl(sku), method: 'PUT', body: { quantity } });
          if (error && (typeof error.status !== 'number' || error.status >= 500)) return { error };
          if (error) refused.push(title);
        }
        return { data: { refused } };
      },
      invalidatesTags: ['Basket'],
    }),
  }),
});

export const { useBasketQuery, useSetQuantityMutation, useRemoveLineMutation, usePutBackMutation } = basketApi;
