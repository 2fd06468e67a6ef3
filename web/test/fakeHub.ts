import type { Hub, HubEvents } from '../src/features/orders/live/hub';
import type { OrderNews } from '../src/features/orders/live/news';

const open = new Set<HubEvents>();
let up = false;
let starts = 0;

/** The server's end of the hub in tests: out of order until a test lets it work. */
export const fakeHub = {
  get starts() { return starts; },
  get connections() { return open.size; },
  /** Lets connections come about from now on, also those that wait for another try. */
  comeUp() {
    up = true;
    window.dispatchEvent(new Event('online'));
  },
  goDown() {
    up = false;
    for (const events of [...open]) {
      open.delete(events);
      events.onClosed();
    }
  },
  tell(news: OrderNews) {
    open.forEach(({ onNews }) => onNews(news));
  },
  reset() {
    open.clear();
    up = false;
    starts = 0;
  },
};

export const createHub = (events: HubEvents): Hub => ({
  async start() {
    starts += 1;
    if (!up) throw new Error('The hub is out of order');
    open.add(events);
  },
  async stop() {
    if (open.delete(events)) events.onClosed();
  },
});
