import { OrderFeed } from './OrderFeed';

/** The tab's one feed; SignalR's code is loaded when a page first listens. */
export const orderFeedOfTab = new OrderFeed(() => import('./hub'));
