import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../test/renderApp';
import { eur, lamp } from '../../../test/samples';
import { problem, server } from '../../../test/server';
import { isSoldOut, priceRange } from './price';

const productsAnswer = (items: object[], total = items.length) =>
  http.get('*/api/catalog/products', () => HttpResponse.json({ items, page: 1, pageSize: 24, total }));

describe('catalog page', () => {
  it('shows products with their lowest price', async () => {
    server.use(productsAnswer([lamp]));
    renderApp('/');
    expect(await screen.findByRole('heading', { name: 'Brass Lamp' })).toBeVisible();
    expect(screen.getByText(/from €19\.99/)).toBeVisible();
    expect(screen.getByText('1 product')).toBeVisible();
  });

  it('asks for the category, page and order in its address', async () => {
    const asked: string[] = [];
    server.use(http.get('*/api/catalog/products', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items: [lamp], page: 2, pageSize: 24, total: 60 });
    }));
    renderApp('/c/lighting?page=2&sort=price');
    expect(await screen.findByText('Page 2 of 3')).toBeVisible();
    expect(asked[0]).toBe('?category=lighting&page=2&pageSize=24&sort=price');
    expect(screen.getByRole('link', { name: 'Next' })).toHaveAttribute('href', '/c/lighting?sort=price&page=3');
  });

  it('says so when a category is empty', async () => {
    server.use(productsAnswer([]));
    renderApp('/c/lighting');
    expect(await screen.findByText('Nothing here yet')).toBeVisible();
  });

  it('offers another try after a failure and then shows the products', async () => {
    let fail = true;
    server.use(http.get('*/api/catalog/products', () => {
      if (fail) return problem(503, 'unavailable', 'upstream text no customer should see');
      return HttpResponse.json({ items: [lamp], page: 1, pageSize: 24, total: 1 });
    }));
    const { user } = renderApp('/');
    expect(await screen.findByText(/Something went wrong on our side/)).toBeVisible();
    expect(screen.queryByText(/upstream text/)).toBeNull();
    fail = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Brass Lamp' })).toBeVisible();
  });
});

describe('product page', () => {
  it('adds the chosen quantity on top of what the basket holds', async () => {
    const saved: unknown[] = [];
    server.use(
      http.get('*/api/catalog/products/brass-lamp', () => HttpResponse.json(lamp)),
      http.put('*/api/basket/items/LAMP-S', async ({ request }) => {
        saved.push({ body: await request.json(), csrf: request.headers.get('x-argosy-csrf'), key: request.headers.get('idempotency-key') });
        return HttpResponse.json({ items: [] });
      }),
    );
    const { user } = renderApp('/p/brass-lamp');
    const quantity = await screen.findByLabelText('Quantity');
    await user.clear(quantity);
    await user.type(quantity, '2');
    await user.click(screen.getByRole('button', { name: 'Add to basket' }));
    expect(await screen.findByText(/Added to your basket/)).toBeVisible();
    expect(saved).toEqual([{ body: { quantity: 2 }, csrf: '1', key: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  it('does not sell a variant that is out of stock', async () => {
    server.use(http.get('*/api/catalog/products/brass-lamp', () => HttpResponse.json(lamp)));
    const { user } = renderApp('/p/brass-lamp');
    await user.click(await screen.findByRole('radio', { name: 'Large' }));
    expect(screen.getByTestId('price')).toHaveTextContent('€29.99');
    expect(screen.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  });

  it('tells when the product is gone', async () => {
    server.use(http.get('*/api/catalog/products/gone', () => problem(404, 'product-not-found', 'Not found')));
    renderApp('/p/gone');
    await waitFor(() => expect(screen.getByText('This product is not sold any more')).toBeVisible());
  });
});

describe('prices', () => {
  it('finds the lowest price and whether it varies', () => {
    expect(priceRange(lamp.variants)).toEqual({ lowest: eur(1999), varies: true });
    expect(priceRange([])).toBeUndefined();
  });

  it('is sold out only when no variant is left', () => {
    expect(isSoldOut(lamp.variants)).toBe(false);
    expect(isSoldOut(lamp.variants.slice(1))).toBe(true);
  });
});
