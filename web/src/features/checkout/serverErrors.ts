import { toFailure, type QueryError } from '../../shared/problem';
import { fieldOf, type FieldName } from './form';

/** The server's word on single fields, as far as the form has them. */
export function serverFieldErrors(error: QueryError | undefined): Partial<Record<FieldName, string>> {
  const failure = error && toFailure(error);
  if (failure?.kind !== 'problem') return {};
  const found = Object.entries(failure.problem.errors ?? {}).map(([name, messages]) => [fieldOf(name), messages[0]] as const);
  return Object.fromEntries(found.filter(([field]) => field !== undefined));
}
