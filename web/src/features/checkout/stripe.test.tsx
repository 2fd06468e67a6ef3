import { act, screen, waitFor } from '@testing-library/react';
import type { StripeCardElementChangeEvent } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fillInAddress, placeOrder } from '../../../test/fillIn';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine, orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';

vi.mock('@stripe/stripe-js/pure', () => ({ loadStripe: vi.fn() }));

const order = orderOf('confirmed');
const createPaymentMethod = vi.fn();

/** Stripe.js as its React library sees it: one card element, whose frame the test types into. */
function fakeStripe() {
  const handlers = new Map<string, (event: unknown) => void>();
  const card = {
    mount: vi.fn(), destroy: vi.fn(), update: vi.fn(), focus: vi.fn(),
    on: (event: string, handler: (event: unknown) => void) => handlers.set(event, handler),
    off: (event: string) => handlers.delete(event),
  };
  const elements = { create: vi.fn(() => card), getElement: () => card, update: vi.fn() };
  const stripe = {
    elements: () => elements, createToken: vi.fn(), createPaymentMethod, confirmCardPayment: vi.fn(), registerAppInfo: vi.fn(), _registerWrapper: vi.fn(),
  };
  vi.mocked(loadStripe).mockResolvedValue(stripe as never);
  const type = (event: Partial<StripeCardElementChangeEvent>) => act(() => handlers.get('change')?.(event));
  return { card, elements, type };
}

describe("checkout with Stripe's card form", () => {
  const orders: { key: string | null; body: unknown }[] = [];

  beforeEach(() => {
    orders.length = 0;
    createPaymentMethod.mockReset();
    vi.mocked(loadStripe).mockReset();
    server.use(
      http.get('*/api/payments/config', () => HttpResponse.json({ publishableKey: 'pk_test_1' })),
      http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))),
      http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
      http.post('*/api/orders', async ({ request }) => {
        orders.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
        return orders.length === 1 ? problem(503, 'service-unavailable', 'Busy') : HttpResponse.json({ orderId: order.id, status: 'submitted' }, { status: 202 });
      }),
    );
  });

  it("sends the order with Stripe's token, the same one when it has to try again", async () => {
    const { card, elements, type } = fakeStripe();
    createPaymentMethod.mockResolvedValue({ paymentMethod: { id: 'pm_1Abc' } });
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await waitFor(() => expect(card.mount).toHaveBeenCalled());
    expect(loadStripe).toHaveBeenCalledWith('pk_test_1');
    expect(elements.create).toHaveBeenCalledWith('card', expect.objectContaining({ hidePostalCode: true }));
    expect(screen.queryByLabelText('Card number')).toBeNull();

    type({ complete: true });
    await placeOrder(user);
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    await placeOrder(user);
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();

    expect(createPaymentMethod).toHaveBeenCalledExactlyOnceWith({
      type: 'card', card, billing_details: { name: 'Ada Example', email: 'ada@example.com', address: { postal_code: '20457', country: 'DE' } },
    });
    expect(orders.map(({ body }) => body)).toMatchObject([{ paymentMethod: { type: 'card', token: 'pm_1Abc' } }, { paymentMethod: { token: 'pm_1Abc' } }]);
    expect(orders[1]?.key).toBe(orders[0]?.key);
  });

  it('sends nothing before the card is complete, or when Stripe refuses it', async () => {
    const { card, type } = fakeStripe();
    createPaymentMethod.mockResolvedValue({ error: { message: 'Your card was refused.' } });
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await waitFor(() => expect(card.mount).toHaveBeenCalled());
    await placeOrder(user);
    expect(await screen.findByText('Please complete your card details.')).toBeVisible();
    await waitFor(() => expect(card.focus).toHaveBeenCalled());

    type({ complete: true });
    await placeOrder(user);
    expect(await screen.findByText('Your card was refused.')).toBeVisible();
    expect(orders).toEqual([]);
  });

  it('offers another try when Stripe cannot be loaded', async () => {
    vi.mocked(loadStripe).mockRejectedValueOnce(new Error('blocked'));
    const { user } = renderApp('/checkout');
    const retry = await screen.findByRole('button', { name: 'Try again' });
    const { card } = fakeStripe();
    await user.click(retry);
    await waitFor(() => expect(card.mount).toHaveBeenCalled());
  });
});

describe('checkout without a key', () => {
  it('does not load Stripe', async () => {
    vi.mocked(loadStripe).mockReset();
    server.use(http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))));
    renderApp('/checkout');
    expect(await screen.findByLabelText('Card number')).toBeVisible();
    expect(loadStripe).not.toHaveBeenCalled();
  });
});
