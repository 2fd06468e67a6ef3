import { configureStore } from '@reduxjs/toolkit';
import { setupListeners } from '@reduxjs/toolkit/query';
import { connectivity } from '../shared/connectivity/slice';
import { api } from './api';

/** A fresh store; tests make one each. */
export function createStore() {
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer, [connectivity.reducerPath]: connectivity.reducer },
    middleware: (defaults) => defaults().concat(api.middleware),
  });
  setupListeners(store.dispatch);
  return store;
}
