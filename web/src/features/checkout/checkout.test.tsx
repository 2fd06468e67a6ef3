import { screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine, orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import { emptyForm, fieldOf, validate } from './form';

const order = orderOf('confirmed');

async function fillIn(user: UserEvent) {
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Full name'), 'Ada Example');
  await user.type(screen.getByLabelText('Street and number'), 'Harbour Street 1');
  await user.type(screen.getByLabelText('Postal code'), '20457');
  await user.type(screen.getByLabelText('City'), 'Hamburg');
}

describe('checkout', () => {
  beforeEach(() => {
    server.use(
      http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))),
      http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
    );
  });

  it('places the order and shows it', async () => {
    const sent: unknown[] = [];
    server.use(http.post('*/api/orders', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ orderId: order.id, status: 'submitted' }, { status: 202 });
    }));
    const { user } = renderApp('/checkout');
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    expect(sent).toEqual([{
      email: 'ada@example.com',
      shippingAddress: { name: 'Ada Example', line1: 'Harbour Street 1', city: 'Hamburg', postalCode: '20457', country: 'DE' },
      paymentMethod: { type: 'card', token: 'pm_card_visa' },
    }]);
  });

  it('names what is missing, moves there, and sends nothing', async () => {
    const { user } = renderApp('/checkout');
    await user.click(await screen.findByRole('button', { name: 'Place order' }));
    expect(await screen.findByText('Please check 5 fields.')).toBeVisible();
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription('Please fill in this field.');
  });

  it('repeats a try under the same key, so that a lost answer means one order', async () => {
    const keys: (string | null)[] = [];
    server.use(http.post('*/api/orders', ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return keys.length === 1 ? problem(503, 'unavailable', 'Busy') : HttpResponse.json({ orderId: order.id, status: 'submitted' }, { status: 202 });
    }));
    const { user } = renderApp('/checkout');
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it("shows the server's word on a field at that field", async () => {
    server.use(http.post('*/api/orders', () => problem(400, 'validation', 'Please check your input', { errors: { 'shippingAddress.postalCode': ['Not a German postal code.'] } })));
    const { user } = renderApp('/checkout');
    await fillIn(user);
    await user.click(screen.getByRole('button', { name: 'Place order' }));
    await waitFor(() => expect(screen.getByLabelText('Postal code')).toHaveAccessibleDescription('Not a German postal code.'));
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
