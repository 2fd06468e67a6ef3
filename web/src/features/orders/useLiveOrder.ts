import { useState } from 'react';
import { isNotFound } from '../../shared/problem';
import { useOrderQuery } from './api';
import { useOrderFeed } from './live/useOrderFeed';
import { pollInterval } from './status';

/** How soon to ask again for an order that could not be looked at yet. */
const retryInterval = 2000;

/** An order that is looked at again when there is news of it, or at intervals while no news arrive; a failed look keeps what is shown. */
export function useLiveOrder(orderId: string) {
  const live = useOrderFeed();
  const [interval, setInterval] = useState(0);
  const { currentData: order, error, refetch } = useOrderQuery(orderId, {
    pollingInterval: interval,
    skipPollingIfUnfocused: true,
    refetchOnFocus: true,
    refetchOnMountOrArgChange: true,
  });
  const wanted = order ? (live ? 0 : pollInterval(order.status)) : error && !isNotFound(error) ? retryInterval : 0;
  if (wanted !== interval) setInterval(wanted);
  return { order, error, live, refetch };
}
