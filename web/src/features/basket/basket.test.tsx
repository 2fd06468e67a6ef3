import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { basketOf, lampLine } from '../../../test/samples';
import { problem, server } from '../../../test/server';

/** A basket the tests' server keeps, as the real one does. */
function keepBasket(quantity: number) {
  let lines = [lampLine(quantity)];
  server.use(
    http.get('*/api/basket', () => HttpResponse.json(basketOf(...lines))),
    http.put('*/api/basket/items/LAMP-S', async ({ request }) => {
      const { quantity: wanted } = (await request.json()) as { quantity: number };
      lines = [lampLine(wanted)];
      return HttpResponse.json(basketOf(...lines));
    }),
    http.delete('*/api/basket/items/LAMP-S', () => {
      lines = [];
      return HttpResponse.json(basketOf());
    }),
  );
}

describe('basket page', () => {
  it('shows lines and the sums of the server', async () => {
    keepBasket(2);
    renderApp('/basket');
    expect(await screen.findByText('Brass Lamp')).toBeVisible();
    expect(screen.getByTestId('total')).toHaveTextContent('€44.88');
    expect(screen.getByTestId('basket-count')).toHaveTextContent('2');
  });

  it('changes a quantity', async () => {
    keepBasket(1);
    const { user } = renderApp('/basket');
    const field = await screen.findByLabelText('Quantity of Brass Lamp');
    await user.clear(field);
    await user.type(field, '3');
    await waitFor(() => expect(screen.getByTestId('total')).toHaveTextContent('€64.87'));
  });

  it('takes a refused quantity back and says why', async () => {
    server.use(
      http.get('*/api/basket', () => HttpResponse.json(basketOf(lampLine(1)))),
      http.put('*/api/basket/items/LAMP-S', () => problem(422, 'quantity-limit', 'At most 99 of one item')),
    );
    const { user } = renderApp('/basket');
    const field = await screen.findByLabelText('Quantity of Brass Lamp');
    await user.clear(field);
    await user.type(field, '7');
    expect(await screen.findByText('At most 99 of one item')).toBeVisible();
    expect(field).toHaveValue(1);
  });

  it('removes a line', async () => {
    keepBasket(1);
    const { user } = renderApp('/basket');
    await user.click(await screen.findByRole('button', { name: 'Remove Brass Lamp' }));
    expect(await screen.findByText('Your basket is empty')).toBeVisible();
  });
});
