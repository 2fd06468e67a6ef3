import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { basketOf, eur, lampLine, orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import type { BasketLine } from '../basket/api';
import type { Order } from './api';

const declined = orderOf('cancelled', { cancelReason: 'payment-declined' });

function serve(order: Order, held: BasketLine[] = []) {
  const puts: { sku: string; quantity: number }[] = [];
  let lines = held;
  server.use(
    http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
    http.get('*/api/basket', () => HttpResponse.json(basketOf(...lines))),
    http.put('*/api/basket/items/:sku', async ({ request, params }) => {
      const { quantity } = (await request.json()) as { quantity: number };
      const sku = String(params['sku']);
      if (sku === 'GONE') return problem(422, 'unknown-sku', 'Nobody sells this SKU.');
      puts.push({ sku, quantity });
      lines = [...lines.filter((line) => line.sku !== sku), { ...lampLine(quantity), sku }];
      return HttpResponse.json(basketOf(...lines));
    }),
  );
  return puts;
}

describe('a cancelled order', () => {
  it.each([
    ['customer-request', 'You cancelled this order', 'Put the items back and order again'],
    ['out-of-stock', 'Something sold out before we could reserve it', 'Put the items back and order again'],
    ['reservation-expired', 'We could not hold your items any longer', 'Put the items back and order again'],
    ['payment-declined', 'Your card was declined', 'Try again with another card'],
    ['payment-action-expired', 'The payment was not approved in time', 'Try again with another card'],
    ['payment-failed', 'The payment could not be completed', 'Try again with another card'],
    ['processing-failed', 'We could not process this order', 'Put the items back and order again'],
    ['a-reason-of-the-future', 'This order was cancelled', 'Put the items back and order again'],
  ])('%s: says so in words, and that nothing was charged', async (cancelReason, heading, wayBack) => {
    serve(orderOf('cancelled', { cancelReason }));
    renderApp(`/orders/${declined.id}`);
    expect(await screen.findByRole('heading', { name: heading })).toBeVisible();
    expect(screen.getByText(/Nothing was charged/)).toBeVisible();
    expect(screen.getByRole('button', { name: wayBack })).toBeEnabled();
  });

  it('puts its items back and leads to the checkout, with the address filled in and the card asked for', async () => {
    const puts = serve(declined);
    const { user, router } = renderApp(`/orders/${declined.id}`);
    await user.click(await screen.findByRole('button', { name: 'Try again with another card' }));
    expect(await screen.findByRole('heading', { name: 'Checkout' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/checkout');
    expect(puts).toEqual([{ sku: 'LAMP-S', quantity: 2 }]);
    expect(screen.getByLabelText('E-mail')).toHaveValue('ada@example.com');
    expect(screen.getByLabelText('Postal code')).toHaveValue('20457');
    expect(await screen.findByLabelText('Card number')).toHaveValue('');
  });

  it('adds nothing to what the basket holds already', async () => {
    const puts = serve(declined, [lampLine(5)]);
    const { user } = renderApp(`/orders/${declined.id}`);
    await user.click(await screen.findByRole('button', { name: 'Try again with another card' }));
    expect(await screen.findByRole('heading', { name: 'Checkout' })).toBeVisible();
    expect(puts).toEqual([]);
  });

  it('names what is not sold any more, and goes on with the rest', async () => {
    const gone = { sku: 'GONE', title: 'Old Map', quantity: 1, unitPrice: eur(500) };
    serve({ ...declined, items: [gone, ...declined.items] });
    const { user } = renderApp(`/orders/${declined.id}`);
    await user.click(await screen.findByRole('button', { name: 'Try again with another card' }));
    expect(await screen.findByText('Not available any more: Old Map.')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Order the rest' }));
    expect(await screen.findByRole('heading', { name: 'Checkout' })).toBeVisible();
  });

  it('can be tried again when the basket did not answer', async () => {
    serve(declined);
    server.use(http.put('*/api/basket/items/:sku', () => problem(503, 'service-unavailable', 'Busy')));
    const { user } = renderApp(`/orders/${declined.id}`);
    await user.click(await screen.findByRole('button', { name: 'Try again with another card' }));
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Try again with another card' })).toBeEnabled());
  });
});
