let orderId: string | undefined;

/** Remembers which order was placed last, for the life of this page: only its customer is sent to the bank without being asked. */
export function rememberJustOrdered(placed: string) {
  orderId = placed;
}

/** Whether this order was just placed here; true once only. */
export function takeJustOrdered(asked: string): boolean {
  if (orderId !== asked) return false;
  orderId = undefined;
  return true;
}
