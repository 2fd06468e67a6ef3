import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import { canCancel, isFinal, pollInterval } from './status';

const { id } = orderOf('submitted');

describe('order page', () => {
  it('follows the order until it is confirmed', async () => {
    let looks = 0;
    server.use(http.get(`*/api/orders/${id}`, () => HttpResponse.json(orderOf(++looks < 3 ? 'submitted' : 'confirmed'))));
    renderApp(`/orders/${id}`);
    await waitFor(() => expect(screen.getByTestId('order-status')).toHaveAttribute('data-status', 'submitted'));
    await waitFor(() => expect(screen.getByTestId('order-status')).toHaveAttribute('data-status', 'confirmed'), { timeout: 5000 });
  });

  it('keeps showing the order when one look fails', async () => {
    let looks = 0;
    server.use(http.get(`*/api/orders/${id}`, () => {
      looks += 1;
      return looks === 2 ? problem(503, 'unavailable', 'Busy') : HttpResponse.json(orderOf(looks < 3 ? 'submitted' : 'confirmed'));
    }));
    renderApp(`/orders/${id}`);
    expect(await screen.findByRole('heading', { name: 'Order A-1001' })).toBeVisible();
    await waitFor(() => expect(screen.getByTestId('order-status')).toHaveAttribute('data-status', 'confirmed'), { timeout: 5000 });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('cancels an order', async () => {
    let status: 'confirmed' | 'cancelled' = 'confirmed';
    server.use(
      http.get(`*/api/orders/${id}`, () => HttpResponse.json(orderOf(status))),
      http.post(`*/api/orders/${id}/cancel`, () => {
        status = 'cancelled';
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = renderApp(`/orders/${id}`);
    await user.click(await screen.findByRole('button', { name: 'Cancel order' }));
    expect(await screen.findByText('Cancelled', { selector: '.status' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Cancel order' })).toBeNull();
  });

  it('says who carries the order', async () => {
    server.use(http.get(`*/api/orders/${id}`, () => HttpResponse.json(orderOf('shipped', { carrier: 'Argo Lines', trackingNumber: 'AL-1' }))));
    renderApp(`/orders/${id}`);
    expect(await screen.findByTestId('shipment')).toHaveTextContent('Carried by Argo Lines. Tracking number: AL-1');
  });

  it('tells what happened when, without the workflow\'s own steps', async () => {
    server.use(
      http.get(`*/api/orders/${id}`, () => HttpResponse.json(orderOf('confirmed'))),
      http.get(`*/api/orders/${id}/timeline`, () => HttpResponse.json({
        orderId: id,
        entries: [
          { at: '2026-11-23T09:00:00Z', kind: 'status', name: 'submitted', detail: null },
          { at: '2026-11-23T09:00:01Z', kind: 'workflow', name: 'step-done', detail: '#1' },
          { at: '2026-11-23T09:00:02Z', kind: 'status', name: 'confirmed', detail: null },
        ],
      })),
    );
    renderApp(`/orders/${id}`);
    const history = (await screen.findByRole('heading', { name: 'History' })).nextElementSibling;
    await waitFor(() => expect(history?.querySelectorAll('li')).toHaveLength(2));
    expect(history).toHaveTextContent(/^Being checked.*Confirmed/);
  });

  it("does not know another's order", async () => {
    server.use(http.get(`*/api/orders/${id}`, () => problem(404, 'order-not-found', 'Not found')));
    renderApp(`/orders/${id}`);
    expect(await screen.findByText('We do not know this order')).toBeVisible();
  });
});

describe('order list', () => {
  it('lists orders with their status', async () => {
    server.use(http.get('*/api/orders', () => HttpResponse.json({ items: [orderOf('confirmed')], page: 1, pageSize: 20, total: 1 })));
    renderApp('/orders');
    expect(await screen.findByRole('link', { name: 'Order A-1001' })).toHaveAttribute('href', `/orders/${id}`);
    expect(screen.getByText('Confirmed')).toBeVisible();
  });
});

describe('order status', () => {
  it('stops looking when nothing more can happen', () => {
    expect(pollInterval('cancelled')).toBe(0);
    expect(pollInterval('submitted')).toBeLessThan(pollInterval('confirmed'));
    expect(isFinal('completed')).toBe(true);
    expect(canCancel('shipped')).toBe(false);
  });
});
