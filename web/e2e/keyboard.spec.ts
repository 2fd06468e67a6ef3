import { expect, test, type Page } from '@playwright/test';

/** Tabs on until the wanted element has the focus; an unreachable one fails the test. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

test('the way from the catalog to the order needs no mouse', async ({ page, isMobile }) => {
  test.skip(isMobile, 'phones have no Tab key');
  await page.goto('/');
  await expect(page.locator('.product-card').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, '.product-card:not(:has(.tag)) a');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add to basket' })).toBeVisible();
  await tabTo(page, '.add-to-basket button');
  await page.keyboard.press('Enter');
  await tabTo(page, '.add-to-basket a');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your basket' })).toBeVisible();
  await tabTo(page, 'a[href="/checkout"]');
  await page.keyboard.press('Enter');
  for (const [name, value] of [['email', 'ada@example.com'], ['name', 'Ada Example'], ['line1', 'Harbour Street 1'], ['postalCode', '20457'], ['city', 'Hamburg']] as const) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(value);
  }
  // The test cards open and fill in by keyboard too; then the form is filled in key by key.
  await tabTo(page, '.test-cards summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Card number')).toHaveValue('4242 4242 4242 4242');
  await page.getByLabel('City').focus();
  for (const [name, value] of [['cardnumber', '4000 0000 0000 3220'], ['cc-exp', '1239'], ['cvc', '123']] as const) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(value);
  }
  await expect(page.getByLabel('Card number')).toHaveValue('4000 0000 0000 3220');
  await expect(page.getByLabel('Expiry date')).toHaveValue('12 / 39');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Do you approve this payment?' })).toBeVisible();
  await tabTo(page, '.bank__approve');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('order-status')).toHaveAttribute('data-status', 'confirmed');
});
