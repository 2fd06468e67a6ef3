import { useTranslation } from 'react-i18next';
import { toFailure, type QueryError } from '../problem';
import { useProblemWords } from '../useProblemWords';

/** Tells why something failed, and offers another try where one makes sense. */
export function FailureNotice({ error, onRetry }: { error: QueryError; onRetry?: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const failure = toFailure(error);
  const problem = failure.kind === 'problem' ? failure.problem : undefined;
  return (
    <div role="alert" className="notice notice--error">
      <strong>{problem ? words(problem) : t('problem.title')}</strong>
      <p>{problem ? problem.detail : t(`problem.${failure.kind as Exclude<typeof failure.kind, 'problem'>}`)}</p>
      {problem?.traceId && <p className="muted small">{t('problem.reference', { traceId: problem.traceId })}</p>}
      {onRetry && <button type="button" className="button button--quiet" onClick={onRetry}>{t('common.retry')}</button>}
    </div>
  );
}
