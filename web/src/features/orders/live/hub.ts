import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { OrderNews } from './news';

export interface HubEvents {
  onNews: (news: OrderNews) => void;
  onClosed: () => void;
}

export interface Hub {
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/** The shop's hub. Reconnecting is left to OrderFeed, which treats a lost connection and one that never came about alike. */
export function createHub({ onNews, onClosed }: HubEvents): Hub {
  const connection = new HubConnectionBuilder()
    .withUrl(`${window.location.origin}/hubs/notifications`, { headers: { 'X-Argosy-CSRF': '1' } })
    // A lost connection is part of life here, not an error for the console: the page polls meanwhile.
    .configureLogging(LogLevel.None)
    .build();
  connection.on('orderChanged', onNews);
  connection.onclose(onClosed);
  return connection;
}
