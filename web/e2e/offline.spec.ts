import { expect, test } from '@playwright/test';
import { expectGoodPage, expectStatus, fillInAddress, fillInCard, putSomethingInBasket } from './shop';

test('without a network the checkout waits, keeps what was typed, and goes on afterwards', async ({ page, context }) => {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await fillInAddress(page);
  await fillInCard(page);
  const button = page.getByRole('button', { name: 'Place order' });
  await expect(button).toBeEnabled();

  await context.setOffline(true);
  await expect(page.getByTestId('offline-banner')).toContainText('You are offline.');
  await expect(button).toBeDisabled();
  await expectGoodPage(page, '11-offline');

  await context.setOffline(false);
  await expect(page.getByTestId('offline-banner')).toBeEmpty();
  await expect(page.getByLabel('City')).toHaveValue('Hamburg');
  await expect(page.getByLabel('Card number')).toHaveValue('4242 4242 4242 4242');
  await button.click();
  await expectStatus(page, 'confirmed');
});

test('an order that is open stays readable without a network', async ({ page, context }) => {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await fillInAddress(page);
  await fillInCard(page);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expectStatus(page, 'confirmed');

  await context.setOffline(true);
  await expect(page.getByTestId('offline-banner')).toContainText('You are offline.');
  await expect(page.getByRole('heading', { name: /^Order / })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel order' })).toBeDisabled();
  await context.setOffline(false);
  await expect(page.getByRole('button', { name: 'Cancel order' })).toBeEnabled();
});
