import { backoff } from '../../../shared/backoff';
import type { createHub } from './hub';
import type { OrderNews } from './news';

export interface FeedListener {
  onNews: (news: OrderNews) => void;
  /** The connection came about or was lost; what happened in between was missed. */
  onConnection: (connected: boolean) => void;
}

type LoadHub = () => Promise<{ createHub: typeof createHub }>;

const pace = { first: 1000, most: 30_000 };

/** How long the connection outlives its last listener: going from page to page must not cut it. */
const linger = 10_000;

/** One connection for all pages of a tab that want news: open while somebody listens, and brought back for as long. */
export class OrderFeed {
  readonly #listeners = new Set<FeedListener>();
  readonly #load: LoadHub;
  #connected = false;
  #session: AbortController | undefined;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(load: LoadHub) {
    this.#load = load;
  }

  get connected(): boolean {
    return this.#connected;
  }

  listen(listener: FeedListener): () => void {
    clearTimeout(this.#lingering);
    this.#listeners.add(listener);
    if (!this.#session) {
      this.#session = new AbortController();
      void this.#keepConnected(this.#session.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#lingering = setTimeout(() => this.close(), linger);
    };
  }

  close() {
    clearTimeout(this.#lingering);
    this.#session?.abort();
    this.#session = undefined;
  }

  async #keepConnected(signal: AbortSignal) {
    let failures = 0;
    while (!signal.aborted) {
      if (await this.#connectOnce(signal)) failures = 0;
      failures += 1;
      await pause(backoff(failures, pace), signal);
    }
  }

  /** Connects and stays until the connection is lost; false when there never was one. */
  async #connectOnce(signal: AbortSignal): Promise<boolean> {
    try {
      const { createHub } = await this.#load();
      let onClosed = () => {};
      const closed = new Promise<void>((resolve) => { onClosed = resolve; });
      const hub = createHub({ onNews: (news) => this.#listeners.forEach(({ onNews }) => onNews(news)), onClosed });
      await hub.start();
      const stop = () => void hub.stop();
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      else this.#set(true);
      await closed;
      signal.removeEventListener('abort', stop);
      return true;
    } catch {
      // No hub, no network, or no code for it: the pages poll until another try succeeds.
      return false;
    } finally {
      this.#set(false);
    }
  }

  #set(connected: boolean) {
    if (this.#connected === connected) return;
    this.#connected = connected;
    this.#listeners.forEach(({ onConnection }) => onConnection(connected));
  }
}

/** Waits, but no longer than until the network is back or nobody wants the connection any more. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
