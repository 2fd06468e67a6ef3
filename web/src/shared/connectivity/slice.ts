import { createSlice } from '@reduxjs/toolkit';

export interface Connectivity {
  /** What the browser says: it has a network. */
  network: boolean;
  /** The shop answered the last request, however it answered. */
  reachable: boolean;
}

/** Whether the shop can be reached, told apart by cause, because the customer can help with only one of them. */
export const connectivity = createSlice({
  name: 'connectivity',
  initialState: (): Connectivity => ({ network: navigator.onLine, reachable: true }),
  reducers: {
    networkGone: (state) => { state.network = false; },
    networkBack: (state) => { state.network = true; },
    answered: (state) => { state.reachable = true; },
    unanswered: (state) => { state.reachable = false; },
  },
  selectors: {
    isOffline: ({ network, reachable }) => !network || !reachable,
    hasNetwork: ({ network }) => network,
    isReachable: ({ reachable }) => reachable,
  },
});

export const { networkGone, networkBack, answered, unanswered } = connectivity.actions;
export const { isOffline, hasNetwork, isReachable } = connectivity.selectors;
