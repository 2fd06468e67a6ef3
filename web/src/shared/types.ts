/** The shapes of the public API that several features use; fields may be added by the server, never changed. */

export interface Money {
  /** Whole minor units: 1999 is 19.99. */
  amount: number;
  currency: string;
}

export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}
