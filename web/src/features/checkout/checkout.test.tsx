import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { fillInAddress, fillInCard, placeOrder } from '../../../test/fillIn';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine, orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import { emptyForm, fieldOf, validate } from './form';

const order = orderOf('confirmed');
const accepted = () => HttpResponse.json({ orderId: order.id, status: 'submitted' }, { status: 202 });

/** Takes orders and remembers what was sent. */
function takeOrders() {
  const sent: unknown[] = [];
  server.use(http.post('*/api/orders', async ({ request }) => {
    sent.push(await request.json());
    return accepted();
  }));
  return sent;
}

describe('checkout', () => {
  beforeEach(() => {
    server.use(
      http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))),
      http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
    );
  });

  it('places the order with the token of the card and shows it', async () => {
    const sent = takeOrders();
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user);
    await placeOrder(user);
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    expect(sent).toEqual([{
      email: 'ada@example.com',
      shippingAddress: { name: 'Ada Example', line1: 'Harbour Street 1', city: 'Hamburg', postalCode: '20457', country: 'DE' },
      paymentMethod: { type: 'card', token: 'pm_card_visa' },
    }]);
  });

  it('fills in a test card on request', async () => {
    const sent = takeOrders();
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await user.click(screen.getByText('Show the test cards'));
    await user.click(screen.getByRole('button', { name: /4000 0000 0000 9995/ }));
    expect(screen.getByLabelText('Card number')).toHaveValue('4000 0000 0000 9995');
    await placeOrder(user);
    await waitFor(() => expect(sent).toMatchObject([{ paymentMethod: { token: 'pm_card_chargeDeclinedInsufficientFunds' } }]));
  });

  it('names what is missing, moves there, and sends nothing', async () => {
    const { user } = renderApp('/checkout');
    await user.click(await screen.findByRole('button', { name: 'Place order' }));
    expect(await screen.findByText('Please check 8 fields.')).toBeVisible();
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription('Please fill in this field.');
    await fillInAddress(user);
    await placeOrder(user);
    expect(await screen.findByText('Please check 3 fields.')).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('Card number')).toHaveFocus());
    expect(screen.getByLabelText('Card number')).toHaveAccessibleDescription(/^Please fill in this field\./);
  });

  it('repeats a try under the same key, so that a lost answer means one order', async () => {
    const keys: (string | null)[] = [];
    server.use(http.post('*/api/orders', ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return keys.length < 3 ? problem(503, 'unavailable', 'Busy') : accepted();
    }));
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user);
    await placeOrder(user);
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    await placeOrder(user);
    await waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    // Another card is another order.
    await user.clear(screen.getByLabelText('Card number'));
    await user.type(screen.getByLabelText('Card number'), '5555555555554444');
    await placeOrder(user);
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('keeps the form when the order was taken but its answer was lost, so that a second try finds it', async () => {
    let ordered = false;
    server.use(
      http.get('*/api/basket', () => HttpResponse.json(ordered ? basketOf() : basketOf(lampLine(2)))),
      http.post('*/api/orders', () => {
        if (ordered) return accepted();
        ordered = true;
        return HttpResponse.error();
      }),
      http.get('*/health/live', () => new HttpResponse()),
    );
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user);
    await placeOrder(user);
    // The shop is back after a moment, the basket is empty by then, and the form is still there.
    await waitFor(() => expect(screen.getByTestId('basket-count')).toHaveTextContent('0'), { timeout: 5000 });
    expect(screen.getByLabelText('Card number')).toHaveValue('4242 4242 4242 4242');
    await placeOrder(user);
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
  });

  it("shows the server's word on a field at that field", async () => {
    server.use(http.post('*/api/orders', () => problem(400, 'validation-failed', 'Some fields are wrong', { errors: { 'shippingAddress.postalCode': ['Not a German postal code.'] } })));
    const { user } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user);
    await placeOrder(user);
    await waitFor(() => expect(screen.getByLabelText('Postal code')).toHaveAccessibleDescription('Not a German postal code.'));
    expect(screen.getByText('Please check what you entered.')).toBeVisible();
  });

  it('waits with the order for the payment configuration, and asks again for it', async () => {
    server.use(http.get('*/api/payments/config', () => problem(503, 'service-unavailable', 'Busy')));
    const { user } = renderApp('/checkout');
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByRole('button', { name: 'Place order' })).toBeDisabled();
    server.use(http.get('*/api/payments/config', () => HttpResponse.json({ publishableKey: null })));
    await user.click(retry);
    expect(await screen.findByLabelText('Card number')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Place order' })).toBeEnabled();
  });
});

describe('checkout form', () => {
  it('wants the required fields, in reason', () => {
    expect(validate(emptyForm)).toEqual({ email: 'required', name: 'required', line1: 'required', city: 'required', postalCode: 'required' });
    expect(validate({ ...emptyForm, email: 'ada@', name: 'a'.repeat(101) })).toMatchObject({ email: 'invalidEmail', name: 'tooLong' });
  });

  it('finds the field a server error is about', () => {
    expect(fieldOf('shippingAddress.postalCode')).toBe('postalCode');
    expect(fieldOf('ShippingAddress.City')).toBe('city');
    expect(fieldOf('paymentMethod.token')).toBeUndefined();
  });
});
