import { expect, test } from '@playwright/test';
import { expectGoodPage, expectStatus, orderWith } from './shop';

const operatorKey = process.env['ARGOSY_OPERATOR_KEY'];

test('the order page shows by itself that the order is shipped', async ({ page, request }) => {
  test.skip(!operatorKey, 'ARGOSY_OPERATOR_KEY is not set: nobody can ship the order');
  await orderWith(page);
  await expectStatus(page, 'confirmed');
  await expect(page.getByTestId('live')).toHaveAttribute('data-live', 'true');
  const looks: string[] = [];
  page.on('request', (sent) => looks.push(sent.url()));
  await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'));

  const id = page.url().split('/').at(-1) ?? '';
  const shipped = await request.post(`/api/orders/${id}/shipments`, {
    headers: { Authorization: `Bearer ${operatorKey ?? ''}` },
    data: { carrier: 'Argo Lines', trackingNumber: 'AL-0042' },
  });
  expect(shipped.status()).toBe(202);

  await expectStatus(page, 'shipped');
  await expect(page.getByTestId('status-announcement')).toContainText('On its way');
  await expect(page.getByTestId('shipment')).toContainText('AL-0042');
  // Neither reloaded nor polled for: one look at the order, because there was news.
  await expect(page.locator('body')).toHaveAttribute('data-same-page', 'yes');
  expect(looks.filter((url) => url.endsWith(`/api/orders/${id}`)).length).toBeLessThanOrEqual(2);
  await expectGoodPage(page, '10-shipped');
});
