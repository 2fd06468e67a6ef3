import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fillInAddress, fillInCard, placeOrder } from '../../../test/fillIn';
import { renderApp } from '../../../test/renderApp';
import { basketOf, eur, lampLine, orderOf } from '../../../test/samples';
import { server } from '../../../test/server';
import { leaveFor } from '../../shared/leaveFor';
import { destinationOf } from '../../shared/destination';

vi.mock('../../shared/leaveFor', () => ({ leaveFor: vi.fn() }));

const challenge = `${window.location.origin}/payment/challenge/pi_1?secret=s`;
const waiting = (url: string) => orderOf('awaiting-payment-action', { nextAction: { type: 'redirect', url } });
const { id } = waiting(challenge);

function serve(url: string) {
  server.use(
    http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))),
    http.get(`*/api/orders/${id}`, () => HttpResponse.json(waiting(url))),
    http.post('*/api/orders', () => HttpResponse.json({ orderId: id, status: 'submitted' }, { status: 202 })),
    http.get('*/api/payments/challenges/pi_1', () =>
      HttpResponse.json({ id: 'pi_1', amount: eur(4488), description: 'Order A-1001', status: 'open', returnUrl: `${window.location.origin}/orders/${id}` })),
  );
}

async function orderWithChallenge() {
  const app = renderApp('/checkout');
  await fillInAddress(app.user);
  await fillInCard(app.user, '4000000000003220');
  await placeOrder(app.user);
  return app;
}

describe('an order that waits for the bank', () => {
  beforeEach(() => vi.mocked(leaveFor).mockReset());

  it('sends the customer there right after ordering, once', async () => {
    serve(challenge);
    const { router } = await orderWithChallenge();
    expect(await screen.findByRole('heading', { name: 'Do you approve this payment?' })).toBeVisible();
    expect(router.state.location.search).toBe('?secret=s');
    // Back is back: the order page does not send them away again.
    await router.navigate(-1);
    expect(await screen.findByRole('link', { name: 'Continue to your bank' })).toHaveAttribute('href', '/payment/challenge/pi_1?secret=s');
    expect(router.state.location.pathname).toBe(`/orders/${id}`);
  });

  it("leaves the shop for another bank's page", async () => {
    serve('https://bank.example/3ds?x=1');
    await orderWithChallenge();
    await waitFor(() => expect(leaveFor).toHaveBeenCalledExactlyOnceWith('https://bank.example/3ds?x=1'));
    expect(screen.getByRole('link', { name: 'Continue to your bank' })).toHaveAttribute('href', 'https://bank.example/3ds?x=1');
  });

  it('asks first when the page is opened later', async () => {
    serve(challenge);
    const { router } = renderApp(`/orders/${id}`);
    expect(await screen.findByRole('heading', { name: 'Your bank wants to make sure it is you' })).toBeVisible();
    expect(screen.getByRole('list', { name: 'Progress' })).toHaveTextContent('Waiting for your approval');
    expect(router.state.location.pathname).toBe(`/orders/${id}`);
  });

  it('waits for the bank when the customer comes back from there', async () => {
    serve('https://bank.example/3ds');
    renderApp(`/orders/${id}?payment_intent=pi_1&redirect_status=succeeded`);
    expect(await screen.findByRole('heading', { name: 'Thank you, we are waiting for your bank' })).toBeVisible();
  });
});

describe('destination', () => {
  it('is a page of ours, another site, or nothing', () => {
    expect(destinationOf('https://shop.example/a?b#c', 'https://shop.example')).toEqual({ inside: true, path: '/a?b#c' });
    expect(destinationOf('/orders/1', 'https://shop.example')).toEqual({ inside: true, path: '/orders/1' });
    expect(destinationOf('https://bank.example/', 'https://shop.example')).toEqual({ inside: false, url: 'https://bank.example/' });
    expect(destinationOf('javascript:alert(1)', 'https://shop.example')).toBeUndefined();
    expect(destinationOf('https://', 'https://shop.example')).toBeUndefined();
  });
});
