import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { Skeleton } from '../../../shared/components/Skeleton';
import { Totals } from '../../../shared/components/Totals';
import { useTitle } from '../../../shared/useTitle';
import { useBasketQuery } from '../api';
import { BasketLineRow } from '../components/BasketLineRow';
import '../basket.css';

export function Component() {
  const { t } = useTranslation();
  const { data: basket, error, refetch } = useBasketQuery();
  useTitle(t('basket.heading'));

  if (!basket) return error ? <FailureNotice error={error} onRetry={refetch} /> : <Skeleton shape="line" count={4} />;
  if (basket.items.length === 0) {
    return (
      <EmptyState title={t('basket.empty')} text={t('basket.emptyText')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }
  return (
    <div className="two-columns">
      <section>
        <h1>{t('basket.heading')}</h1>
        <ul className="basket-lines">
          {basket.items.map((line) => <BasketLineRow key={line.sku} line={line} />)}
        </ul>
      </section>
      <aside className="panel">
        <Totals {...basket} />
        <Link className="button button--wide" to="/checkout">{t('basket.checkout')}</Link>
      </aside>
    </div>
  );
}
