import { useRef } from 'react';
import type { NewOrder } from '../orders/api';

/** The Idempotency-Key of an attempt to order: the same as long as the very same order is sent, so that a lost answer never means two
 *  orders; another one when anything differs, because the server refuses a changed body under a used key. */
export function useAttemptKey() {
  const attempt = useRef<{ body: string; key: string }>(undefined);
  return (order: NewOrder): string => {
    const body = JSON.stringify(order);
    if (attempt.current?.body !== body) attempt.current = { body, key: crypto.randomUUID() };
    return attempt.current.key;
  };
}
