import { expect, test } from '@playwright/test';
import { expectGoodPage, expectStatus, fillInAddress, fillInCard, orderWith, putSomethingInBasket } from './shop';

test('a guest orders something and watches it become confirmed', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => message.type() === 'error' && failures.push(message.text()));

  await page.goto('/');
  await expect(page.locator('.product-card').first()).toBeVisible();
  await expect(page.locator('.product-card img').first()).toHaveJSProperty('complete', true);
  await expectGoodPage(page, '1-catalog');

  await putSomethingInBasket(page);
  await expectGoodPage(page, '2-product');

  await page.getByRole('link', { name: 'View basket' }).click();
  await expect(page.getByRole('heading', { name: 'Your basket' })).toBeVisible();
  const total = await page.getByTestId('total').textContent();
  await expectGoodPage(page, '3-basket');

  await page.getByRole('link', { name: 'Checkout' }).click();
  await fillInAddress(page);
  await fillInCard(page);
  await expect(page.getByLabel('Card number')).toHaveValue('4242 4242 4242 4242');
  await expectGoodPage(page, '4-checkout');

  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'confirmed');
  await expect(page.getByTestId('total')).toHaveText(total ?? '');
  await expect(page.getByTestId('basket-count')).toHaveText('0');
  await expectGoodPage(page, '5-order');

  expect(failures).toEqual([]);
});

test("another guest's order is not shown", async ({ page, browser }) => {
  await orderWith(page);
  await expect(page.getByTestId('order-status')).toBeVisible();

  const stranger = await browser.newPage();
  await stranger.goto(page.url());
  await expect(stranger.getByText('We do not know this order')).toBeVisible();
  await stranger.close();
});
