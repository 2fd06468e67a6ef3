import { createApi, fetchBaseQuery, type BaseQueryFn, type FetchArgs, type FetchBaseQueryError } from '@reduxjs/toolkit/query/react';
import { answered, isReachable, unanswered, type Connectivity } from '../shared/connectivity/slice';

const safeMethods = new Set(['GET', 'HEAD']);

const request = fetchBaseQuery({
  // Absolute, because tests run where there is no page to be relative to.
  baseUrl: `${window.location.origin}/api`,
  credentials: 'same-origin',
  // The gateway refuses unsafe requests of cookie sessions without it: another site cannot set a header of its own.
  prepareHeaders: (headers) => headers.set('X-Argosy-CSRF', '1'),
  timeout: 20_000,
});

const withIdempotencyKey = (args: string | FetchArgs): string | FetchArgs =>
  typeof args !== 'string' && args.method && !safeMethods.has(args.method) && !args.headers
    ? { ...args, headers: { 'Idempotency-Key': crypto.randomUUID() } }
    : args;

const baseQuery: BaseQueryFn<string | FetchArgs, unknown, FetchBaseQueryError> = async (args, queryApi, extra) => {
  const result = await request(withIdempotencyKey(args), queryApi, extra);
  // Every request tells whether the shop can be reached (a slow one tells nothing); only a change is worth an action.
  const reached = result.error?.status !== 'FETCH_ERROR';
  const tells = result.error?.status !== 'TIMEOUT_ERROR' && !queryApi.signal.aborted;
  const state = queryApi.getState() as { connectivity: Connectivity };
  if (tells && reached !== isReachable(state)) queryApi.dispatch(reached ? answered() : unanswered());
  return result;
};

export const tagTypes = ['Product', 'Category', 'Basket', 'Order', 'Payment'] as const;

/** One API slice for the one gateway; each feature injects its endpoints. */
export const api = createApi({
  reducerPath: 'api',
  baseQuery,
  tagTypes,
  endpoints: () => ({}),
});
