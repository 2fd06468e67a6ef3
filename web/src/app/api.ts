import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';

const safeMethods = new Set(['GET', 'HEAD']);

const baseQuery = fetchBaseQuery({
  // Absolute, because tests run where there is no page to be relative to.
  baseUrl: `${window.location.origin}/api`,
  credentials: 'same-origin',
  // The gateway refuses unsafe requests of cookie sessions without it: another site cannot set a header of its own.
  prepareHeaders: (headers) => headers.set('X-Argosy-CSRF', '1'),
  timeout: 20_000,
});

/** One API slice for the one gateway; each feature injects its endpoints. */
export const api = createApi({
  reducerPath: 'api',
  baseQuery: (args, queryApi, extra) => {
    if (typeof args !== 'string' && args.method && !safeMethods.has(args.method) && !args.headers) {
      return baseQuery({ ...args, headers: { 'Idempotency-Key': crypto.randomUUID() } }, queryApi, extra);
    }
    return baseQuery(args, queryApi, extra);
  },
  tagTypes: ['Product', 'Category', 'Basket', 'Order'],
  endpoints: () => ({}),
});
