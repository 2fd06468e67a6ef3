import type { SerializedError } from '@reduxjs/toolkit';
import type { FetchBaseQueryError } from '@reduxjs/toolkit/query/react';

/** RFC 9457 problem details as every Argosy service answers them. */
export interface Problem {
  title: string;
  status: number;
  code?: string;
  detail?: string;
  traceId?: string;
  errors?: Record<string, string[]>;
}

export type QueryError = FetchBaseQueryError | SerializedError;

/** Why a request failed, as far as it changes what the customer is told. */
export type Failure =
  | { kind: 'problem'; problem: Problem }
  | { kind: 'offline' }
  | { kind: 'timeout' }
  | { kind: 'unexpected' };

const isProblem = (data: unknown): data is Problem =>
  typeof data === 'object' && data !== null && 'title' in data && 'status' in data;

export function toFailure(error: QueryError): Failure {
  if (!('status' in error)) return { kind: 'unexpected' };
  if (error.status === 'FETCH_ERROR') return { kind: 'offline' };
  if (error.status === 'TIMEOUT_ERROR') return { kind: 'timeout' };
  // A server's fault says nothing a customer can act on; a refusal does.
  if (isProblem(error.data) && error.data.status < 500) return { kind: 'problem', problem: error.data };
  return { kind: 'unexpected' };
}

export const isNotFound = (error: QueryError | undefined): boolean =>
  error !== undefined && 'status' in error && error.status === 404;
