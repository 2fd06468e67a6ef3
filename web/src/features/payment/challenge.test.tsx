import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { eur, orderOf } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import { leaveFor } from '../../shared/leaveFor';
import type { Challenge } from './api';

vi.mock('../../shared/leaveFor', () => ({ leaveFor: vi.fn() }));

const order = orderOf('awaiting-payment-action');
const page = '/payment/challenge/pi_1?secret=pi_1_secret_2';
const url = '*/api/payments/challenges/pi_1';

const challengeOf = (more: Partial<Challenge> = {}): Challenge => ({
  id: 'pi_1', amount: eur(4488), description: 'Order A-1001', status: 'open', returnUrl: `${window.location.origin}/orders/${order.id}`, ...more,
});

/** The simulator's side: keeps the challenge and what was sent. */
function keepChallenge(challenge = challengeOf()) {
  const sent: { secret: string | null; csrf: string | null; body: unknown }[] = [];
  let kept = challenge;
  server.use(
    http.get(url, () => HttpResponse.json(kept)),
    http.post(url, async ({ request }) => {
      const body = (await request.json()) as { outcome: string };
      sent.push({ secret: new URL(request.url).searchParams.get('secret'), csrf: request.headers.get('X-Argosy-CSRF'), body });
      kept = { ...kept, status: body.outcome === 'approve' ? 'approved' : 'declined' };
      return HttpResponse.json(kept);
    }),
    http.get(`*/api/orders/${order.id}`, () => HttpResponse.json(order)),
  );
  return sent;
}

describe('challenge page', () => {
  it('says who wants how much for what, and that the bank is simulated', async () => {
    keepChallenge();
    renderApp(page);
    expect(await screen.findByRole('heading', { name: 'Do you approve this payment?' })).toBeVisible();
    expect(screen.getByText('This is a simulated bank.')).toBeVisible();
    expect(screen.getByText('€44.88')).toBeVisible();
    expect(screen.getByText('Argosy')).toBeVisible();
    expect(screen.getByText('Order A-1001')).toBeVisible();
  });

  it.each([['Approve payment', 'approve'], ['Decline payment', 'decline']])('%s: tells the bank and goes back to the order', async (name, outcome) => {
    const sent = keepChallenge();
    const { user, router } = renderApp(page);
    await user.click(await screen.findByRole('button', { name }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${order.id}`));
    expect(sent).toEqual([{ secret: 'pi_1_secret_2', csrf: '1', body: { outcome } }]);
    expect(await screen.findByText('Thank you, we are waiting for your bank')).toBeVisible();
    expect(leaveFor).not.toHaveBeenCalled();
  });

  it('leaves the app when the way back is another site', async () => {
    keepChallenge(challengeOf({ returnUrl: 'https://other.example/orders/1' }));
    const { user } = renderApp(page);
    await user.click(await screen.findByRole('button', { name: 'Approve payment' }));
    await waitFor(() => expect(leaveFor).toHaveBeenCalledWith('https://other.example/orders/1'));
  });

  it('shows what was decided before', async () => {
    keepChallenge(challengeOf({ status: 'declined' }));
    const { user, router } = renderApp(page);
    expect(await screen.findByRole('heading', { name: 'You declined this payment' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve payment' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back to the shop' }));
    expect(router.state.location.pathname).toBe(`/orders/${order.id}`);
  });

  it('does not know a payment without its secret', async () => {
    server.use(http.get(url, () => problem(404, 'not-found', 'There is no such payment.')));
    renderApp('/payment/challenge/pi_1');
    expect(await screen.findByRole('heading', { name: 'We do not know this payment' })).toBeVisible();
  });

  it('offers another try when the bank does not answer', async () => {
    server.use(http.get(url, () => problem(503, 'service-unavailable', 'Busy')));
    const { user } = renderApp(page);
    const retry = await screen.findByRole('button', { name: 'Try again' });
    keepChallenge();
    await user.click(retry);
    expect(await screen.findByRole('button', { name: 'Approve payment' })).toBeVisible();
  });

  it('stays open when the answer could not be given', async () => {
    keepChallenge();
    server.use(http.post(url, () => problem(503, 'service-unavailable', 'Busy')));
    const { user } = renderApp(page);
    await user.click(await screen.findByRole('button', { name: 'Approve payment' }));
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve payment' })).toBeEnabled();
  });
});
