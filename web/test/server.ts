import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { basketOf } from './samples';

/** A gateway with an empty basket; tests add what they need. */
export const server = setupServer(
  http.get('*/api/basket', () => HttpResponse.json(basketOf())),
  http.get('*/api/catalog/categories', () => HttpResponse.json([])),
);

export const problem = (status: number, code: string, title: string, more: object = {}) =>
  HttpResponse.json({ type: `/problems/${code}`, title, status, code, ...more }, { status, headers: { 'Content-Type': 'application/problem+json' } });
