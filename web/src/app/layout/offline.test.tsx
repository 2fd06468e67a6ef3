import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { fillInAddress, fillInCard } from '../../../test/fillIn';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine, orderOf } from '../../../test/samples';
import { server } from '../../../test/server';

const goOffline = () => act(() => window.dispatchEvent(new Event('offline')));
const goOnline = () => act(() => window.dispatchEvent(new Event('online')));
const banner = () => screen.getByTestId('offline-banner');

describe('offline banner', () => {
  afterEach(() => window.dispatchEvent(new Event('online')));

  it('appears without a network, says what works, and goes when it is back', async () => {
    renderApp('/basket');
    expect(await screen.findByText('Your basket is empty')).toBeVisible();
    expect(banner()).toBeEmptyDOMElement();
    goOffline();
    expect(banner()).toHaveTextContent('You are offline. What you have opened stays readable');
    goOnline();
    expect(banner()).toBeEmptyDOMElement();
  });

  it('appears when the shop does not answer, asks until it does, and shows what changed meanwhile', async () => {
    let up = true;
    let quantity = 1;
    server.use(
      http.get('*/api/basket', () => (up ? HttpResponse.json(basketOf(lampLine(quantity))) : HttpResponse.error())),
      http.put('*/api/basket/items/LAMP-S', () => HttpResponse.error()),
      http.get('*/health/live', () => (up ? new HttpResponse() : HttpResponse.error())),
    );
    const { user } = renderApp('/basket');
    const field = await screen.findByLabelText('Quantity of Brass Lamp');
    up = false;
    await user.clear(field);
    await user.type(field, '2');
    await waitFor(() => expect(banner()).toHaveTextContent('The shop cannot be reached right now.'));
    // What was there is still there.
    expect(screen.getByText('Brass Lamp')).toBeVisible();
    up = true;
    quantity = 4;
    await waitFor(() => expect(banner()).toBeEmptyDOMElement(), { timeout: 10_000 });
    await waitFor(() => expect(screen.getByTestId('basket-count')).toHaveTextContent('4'));
  });

  it('holds the order back, with the reason, and keeps the form', async () => {
    const order = orderOf('confirmed');
    let placed = 0;
    server.use(
      http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))),
      http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
      http.post('*/api/orders', () => {
        placed += 1;
        return HttpResponse.json({ orderId: order.id, status: 'submitted' }, { status: 202 });
      }),
    );
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user);
    goOffline();
    const button = screen.getByRole('button', { name: 'Place order' });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription(/Not possible while the shop cannot be reached/);
    await user.type(screen.getByLabelText('City'), '{Enter}');
    expect(placed).toBe(0);

    goOnline();
    expect(screen.getByLabelText('City')).toHaveValue('Hamburg');
    expect(screen.getByLabelText('Card number')).toHaveValue('4242 4242 4242 4242');
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    expect(placed).toBe(1);
  });

  it('holds back cancelling too', async () => {
    const order = orderOf('confirmed');
    server.use(http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)));
    renderApp(`/orders/${order.id}`);
    expect(await screen.findByRole('button', { name: 'Cancel order' })).toBeEnabled();
    goOffline();
    expect(screen.getByRole('button', { name: 'Cancel order' })).toBeDisabled();
  });
});
