import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { orderFeedOfTab } from '../src/features/orders/live/orderFeedOfTab';
import '../src/i18n';
import { fakeHub } from './fakeHub';
import { server } from './server';

vi.mock('../src/features/orders/live/hub', () => import('./fakeHub'));

configure({ asyncUtilTimeout: 5000 });

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  orderFeedOfTab.close();
  fakeHub.reset();
  server.resetHandlers();
});
afterAll(() => server.close());

// jsdom has no scrolling.
window.scrollTo = () => undefined;
