import { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';
import { ordersApi } from '../api';
import { orderFeedOfTab } from './orderFeedOfTab';

/** Looks at orders again when the shop has news of them; says whether news arrive at all. */
export function useOrderFeed(): boolean {
  const dispatch = useDispatch();
  const [connected, setConnected] = useState(orderFeedOfTab.connected);
  useEffect(() => {
    const stop = orderFeedOfTab.listen({
      onNews: ({ orderId }) => dispatch(ordersApi.util.invalidateTags([{ type: 'Order', id: orderId }, { type: 'Order', id: 'list' }])),
      onConnection: (now) => {
        setConnected(now);
        // What happened before the connection came about was told to nobody.
        if (now) dispatch(ordersApi.util.invalidateTags(['Order']));
      },
    });
    return stop;
  }, [dispatch]);
  return connected;
}
