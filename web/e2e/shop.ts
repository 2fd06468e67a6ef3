import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const screenshots = process.env['ARGOSY_BROWSER_OUTPUT'] ?? '../.argosy/browser';

/** A full-page picture for people, kept beside the results; from the top, where the sticky header belongs. */
export async function picture(page: Page, name: string) {
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }));
  await page.screenshot({ path: `${screenshots}/${test.info().project.name}-${name}.png`, fullPage: true });
}

/** No accessibility rule of WCAG 2.2 AA is broken on the page as it stands. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScrolling(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
}

/** Opens a product that can be bought and puts one of it into the basket. */
export async function putSomethingInBasket(page: Page) {
  await page.goto('/');
  const buyable = page.locator('.product-card').filter({ hasNot: page.locator('.tag') }).first();
  await buyable.getByRole('link').click();
  await page.getByRole('button', { name: 'Add to basket' }).click();
  await expect(page.getByText('Added to your basket.')).toBeVisible();
}

export async function fillInAddress(page: Page) {
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Full name').fill('Ada Example');
  await page.getByLabel('Street and number').fill('Harbour Street 1');
  await page.getByLabel('Postal code').fill('20457');
  await page.getByLabel('City').fill('Hamburg');
}

/** Stripe's published test cards by what they do. */
export const cards = {
  succeeds: '4242424242424242',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  challenge: '4000000000003220',
} as const;

export async function fillInCard(page: Page, number: string = cards.succeeds) {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry date').fill('12 / 39');
  await page.getByLabel('Security code').fill('123');
}

/** From the catalog to the press on 'Place order'. */
export async function orderWith(page: Page, number: string = cards.succeeds) {
  await putSomethingInBasket(page);
  await page.goto('/checkout');
  await fillInAddress(page);
  await fillInCard(page, number);
  await page.getByRole('button', { name: 'Place order' }).click();
}

export const expectStatus = (page: Page, status: string) => expect(page.getByTestId('order-status')).toHaveAttribute('data-status', status);

/** What every page has to be, and a picture of it. */
export async function expectGoodPage(page: Page, name: string) {
  await expectAccessible(page);
  await expectNoSidewaysScrolling(page);
  await picture(page, name);
}
