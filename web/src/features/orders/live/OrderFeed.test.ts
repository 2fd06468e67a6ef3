import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as hub from '../../../../test/fakeHub';
import { backoff } from '../../../shared/backoff';
import { OrderFeed } from './OrderFeed';

const { fakeHub } = hub;
const listener = () => ({ onNews: vi.fn(), onConnection: vi.fn() });

describe('order feed', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('tries again, at growing intervals and no more than half a minute apart', async () => {
    const feed = new OrderFeed(() => Promise.resolve(hub));
    feed.listen(listener());
    await vi.advanceTimersByTimeAsync(1000);
    expect(fakeHub.starts).toBe(2);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    const before = fakeHub.starts;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakeHub.starts - before).toBeGreaterThanOrEqual(2);
    expect(fakeHub.starts - before).toBeLessThanOrEqual(4);
    feed.close();
  });

  it('outlives the way from page to page, and ends when nobody listens any more', async () => {
    const feed = new OrderFeed(() => Promise.resolve(hub));
    fakeHub.comeUp();
    const leave = feed.listen(listener());
    await vi.advanceTimersByTimeAsync(0);
    expect(feed.connected).toBe(true);
    leave();
    await vi.advanceTimersByTimeAsync(5000);
    const leaveToo = feed.listen(listener());
    await vi.advanceTimersByTimeAsync(60_000);
    expect([feed.connected, fakeHub.starts]).toEqual([true, 1]);
    leaveToo();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([feed.connected, fakeHub.connections]).toEqual([false, 0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakeHub.starts).toBe(1);
  });

  it('goes on when the code of the hub could not be loaded', async () => {
    const load = vi.fn(() => Promise.resolve(hub)).mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const feed = new OrderFeed(load);
    const told = listener();
    fakeHub.comeUp();
    feed.listen(told);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told.onConnection.mock.calls).toEqual([[true]]);
    feed.close();
  });
});

describe('back-off', () => {
  it('doubles up to its cap and is spread over the second half', () => {
    const pace = { first: 1000, most: 30_000 };
    expect([1, 2, 3, 9].map((failures) => backoff(failures, pace, () => 1))).toEqual([1000, 2000, 4000, 30_000]);
    expect(backoff(1, pace, () => 0)).toBe(500);
  });
});
