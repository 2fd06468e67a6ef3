import { expect, test } from '@playwright/test';
import { cards, expectGoodPage, expectStatus, fillInAddress, fillInCard, orderWith, putSomethingInBasket } from './shop';

for (const [name, number] of [['declined', cards.declined], ['without funds', cards.insufficientFunds]] as const) {
  test(`a card that is ${name} costs nothing, and another card pays with one press`, async ({ page }) => {
    await orderWith(page, number);
    await expectStatus(page, 'cancelled');
    await expect(page.getByRole('heading', { name: 'Your card was declined' })).toBeVisible();
    await expect(page.getByText('Nothing was charged.')).toBeVisible();
    await expectGoodPage(page, `6-declined-${name.replaceAll(' ', '-')}`);

    await page.getByRole('button', { name: 'Try again with another card' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
    await expect(page.getByLabel('City')).toHaveValue('Hamburg');
    await expect(page.getByLabel('Card number')).toHaveValue('');
    await fillInCard(page);
    await page.getByRole('button', { name: 'Place order' }).click();
    await expectStatus(page, 'confirmed');
  });
}

test('a payment that the bank wants approved is approved there', async ({ page }) => {
  await orderWith(page, cards.challenge);
  await expect(page).toHaveURL(/\/payment\/challenge\//);
  await expect(page.getByText('This is a simulated bank.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve payment' })).toBeVisible();
  await expectGoodPage(page, '7-challenge');
  const challenge = page.url();

  // Back is back to the order, which shows the way to the bank.
  await page.goBack();
  await expectStatus(page, 'awaiting-payment-action');
  await expect(page.getByRole('link', { name: 'Continue to your bank' })).toBeVisible();
  await expectGoodPage(page, '8-awaiting');
  await page.getByRole('link', { name: 'Continue to your bank' }).click();

  await page.getByRole('button', { name: 'Approve payment' }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}/);
  await expectStatus(page, 'confirmed');

  await page.goto(challenge);
  await expect(page.getByRole('heading', { name: 'You approved this payment' })).toBeVisible();
  await expectGoodPage(page, '9-challenge-decided');
});

test('a payment that the customer declines at the bank ends the order', async ({ page }) => {
  await orderWith(page, cards.challenge);
  await page.getByRole('button', { name: 'Decline payment' }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}/);
  await expectStatus(page, 'cancelled');
  await expect(page.getByRole('button', { name: 'Try again with another card' })).toBeVisible();
});

test('a challenge without its secret is not shown', async ({ page }) => {
  await page.goto('/payment/challenge/pi_unknown?secret=wrong');
  await expect(page.getByRole('heading', { name: 'We do not know this payment' })).toBeVisible();
  await expectGoodPage(page, '9-challenge-unknown');
});

test('a card that is no test card is refused before anything is sent', async ({ page }) => {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await fillInAddress(page);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await fillInCard(page, '4111111111111111');
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByText('This is not one of the test cards.')).toBeVisible();
  await expect(page.getByLabel('Card number')).toHaveValue('');
  await expect(page.getByLabel('Card number')).toBeFocused();
  await expectGoodPage(page, '4-checkout-refused');
  expect(sent.filter((request) => /4111|\/api\/orders/.test(request))).toEqual([]);
});

test('the test cards can be looked up and filled in', async ({ page }) => {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await page.getByText('Show the test cards').click();
  await expectGoodPage(page, '4-checkout-test-cards');
  await page.getByRole('button', { name: '3782 822463 10005' }).click();
  await expect(page.getByLabel('Card number')).toHaveValue('3782 822463 10005');
  await expect(page.getByLabel('Security code')).toHaveValue('1234');
});
