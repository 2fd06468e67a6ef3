import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { basketOf } from './samples';

/** A gateway with an empty basket and simulated payments; tests add what they need. */
export const server = setupServer(
  http.get('*/api/basket', () => HttpResponse.json(basketOf())),
  http.get('*/api/catalog/categories', () => HttpResponse.json([])),
  http.get('*/api/payments/config', () => HttpResponse.json({ publishableKey: null })),
  http.get('*/api/orders/:id/timeline', ({ params }) => HttpResponse.json({ orderId: params['id'], entries: [] })),
);

export const problem = (status: number, code: string, title: string, more: object = {}) =>
  HttpResponse.json({ type: `/problems/${code}`, title, status, code, ...more }, { status, headers: { 'Content-Type': 'application/problem+json' } });
