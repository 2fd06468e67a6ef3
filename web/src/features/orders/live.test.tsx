import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { fakeHub } from '../../../test/fakeHub';
import { renderApp } from '../../../test/renderApp';
import { orderOf } from '../../../test/samples';
import { server } from '../../../test/server';
import type { OrderStatus } from './api';

const { id, number } = orderOf('submitted');

/** An order the tests' server keeps, and how often it was looked at. */
function keepOrder(first: OrderStatus) {
  const kept = { status: first, looks: 0 };
  server.use(
    http.get(`*/api/orders/${id}`, () => {
      kept.looks += 1;
      return HttpResponse.json(orderOf(kept.status));
    }),
    http.get('*/api/orders', () => HttpResponse.json({ items: [orderOf(kept.status)], page: 1, pageSize: 20, total: 1 })),
  );
  return kept;
}

const tell = (status: OrderStatus) => act(() => fakeHub.tell({ orderId: id, number, status, reason: null, at: '2026-11-23T09:01:00Z' }));
const shows = (status: OrderStatus) => waitFor(() => expect(screen.getByTestId('order-status')).toHaveAttribute('data-status', status));
const isLive = (live: boolean) => waitFor(() => expect(screen.getByTestId('live')).toHaveAttribute('data-live', String(live)));

describe('order page with news', () => {
  it('shows a change when it is told, says it aloud, and does not poll', async () => {
    const kept = keepOrder('submitted');
    fakeHub.comeUp();
    renderApp(`/orders/${id}`);
    await isLive(true);
    expect(screen.getByTestId('status-announcement')).toBeEmptyDOMElement();
    // As long as two polls would take.
    const looks = kept.looks;
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(kept.looks).toBe(looks);

    kept.status = 'confirmed';
    tell('confirmed');
    await shows('confirmed');
    expect(screen.getByTestId('status-announcement')).toHaveTextContent("The order's status is now: Confirmed.");
  });

  it('polls while there is no connection, and stops when there is', async () => {
    const kept = keepOrder('submitted');
    renderApp(`/orders/${id}`);
    await isLive(false);
    await waitFor(() => expect(kept.looks).toBeGreaterThan(2));
    act(() => fakeHub.comeUp());
    await isLive(true);
    kept.status = 'confirmed';
    tell('confirmed');
    await shows('confirmed');
  });

  it('catches up on what it missed when the connection is back', async () => {
    const kept = keepOrder('confirmed');
    fakeHub.comeUp();
    renderApp(`/orders/${id}`);
    await isLive(true);
    act(() => fakeHub.goDown());
    await isLive(false);
    // Polling is slow in this status: it is the connection that brings the news.
    kept.status = 'shipped';
    act(() => fakeHub.comeUp());
    await shows('shipped');
    expect(fakeHub.connections).toBe(1);
  });

  it('shares one connection with the order list', async () => {
    const kept = keepOrder('confirmed');
    fakeHub.comeUp();
    const { user } = renderApp(`/orders/${id}`);
    await isLive(true);
    await user.click(screen.getByRole('link', { name: 'Orders' }));
    expect(await screen.findByRole('heading', { name: 'Your orders' })).toBeVisible();
    kept.status = 'shipped';
    tell('shipped');
    expect(await screen.findByText('On its way')).toBeVisible();
    expect(fakeHub.starts).toBe(1);
  });
});
