import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fillInAddress, fillInCard, placeOrder } from '../../../test/fillIn';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine } from '../../../test/samples';
import { server } from '../../../test/server';

// Passes every check a real card would; it is Stripe's for nobody.
const realCard = '4111111111111111';

describe('a card that is no test card', () => {
  const requests: string[] = [];
  const record = async ({ request }: { request: Request }) => {
    const copy = request.clone();
    requests.push(`${copy.method} ${copy.url} ${JSON.stringify([...copy.headers])} ${await copy.text()}`);
  };

  beforeEach(() => {
    requests.length = 0;
    server.events.on('request:start', record);
    server.use(http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(2)))));
  });
  afterEach(() => server.events.removeListener('request:start', record));

  it('is refused in words, and nothing is sent, kept or logged', async () => {
    const logged = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => vi.spyOn(console, level));
    const { user, store } = renderApp('/checkout');
    await fillInAddress(user);
    await fillInCard(user, realCard);
    await placeOrder(user);

    const field = screen.getByLabelText('Card number');
    await waitFor(() => expect(field).toHaveAccessibleDescription(/This is not one of the test cards/));
    expect(field).toHaveValue('');
    expect(requests.filter((request) => request.startsWith('POST'))).toEqual([]);
    const grouped = realCard.replace(/(.{4})(?=.)/g, '$1 ');
    const everywhere = [
      ...requests, JSON.stringify(store.getState()), JSON.stringify({ ...localStorage, ...sessionStorage }), JSON.stringify(window.history.state), document.body.innerHTML,
      ...logged.flatMap(({ mock }) => mock.calls.map((call) => JSON.stringify(call))),
    ].join('\n');
    expect(everywhere).not.toContain(realCard);
    expect(everywhere).not.toContain(grouped);
  });

  it('is taken out as soon as the field is left', async () => {
    const { user } = renderApp('/checkout');
    await user.type(await screen.findByLabelText('Card number'), realCard);
    await user.tab();
    await waitFor(() => expect(screen.getByLabelText('Card number')).toHaveValue(''));
    expect(screen.getByText(/This is not one of the test cards/)).toBeVisible();
  });
});
