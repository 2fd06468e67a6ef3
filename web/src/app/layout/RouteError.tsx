import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../shared/components/EmptyState';

/** Shown when a page's code fails to load or throws: a reload fetches the current version. */
export function RouteError() {
  const { t } = useTranslation();
  return (
    <main className="page">
      <EmptyState title={t('routeError.title')} text={t('routeError.text')}>
        <button className="button" onClick={() => window.location.reload()}>{t('routeError.reload')}</button>
      </EmptyState>
    </main>
  );
}
