import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScrolling, fillInAddress, picture, putSomethingInBasket } from './shop';

test('a guest orders something and watches it become confirmed', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => message.type() === 'error' && failures.push(message.text()));

  await page.goto('/');
  await expect(page.locator('.product-card').first()).toBeVisible();
  await expect(page.locator('.product-card img').first()).toHaveJSProperty('complete', true);
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, '1-catalog');

  await putSomethingInBasket(page);
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, '2-product');

  await page.getByRole('link', { name: 'View basket' }).click();
  await expect(page.getByRole('heading', { name: 'Your basket' })).toBeVisible();
  const total = await page.getByTestId('total').textContent();
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, '3-basket');

  await page.getByRole('link', { name: 'Checkout' }).click();
  await fillInAddress(page);
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, '4-checkout');

  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}$/);
  await expect(page.getByTestId('order-status')).toHaveAttribute('data-status', 'confirmed');
  await expect(page.getByTestId('total')).toHaveText(total ?? '');
  await expect(page.getByTestId('basket-count')).toHaveText('0');
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, '5-order');

  expect(failures).toEqual([]);
});

test("another guest's order is not shown", async ({ page, browser }) => {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await fillInAddress(page);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByTestId('order-status')).toBeVisible();

  const stranger = await browser.newPage();
  await stranger.goto(page.url());
  await expect(stranger.getByText('We do not know this order')).toBeVisible();
  await stranger.close();
});
