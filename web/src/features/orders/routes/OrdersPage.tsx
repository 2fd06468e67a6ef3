import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { MoneyText } from '../../../shared/components/MoneyText';
import { Skeleton } from '../../../shared/components/Skeleton';
import { formatDateTime } from '../../../shared/format';
import { useTitle } from '../../../shared/useTitle';
import { Pagination } from '../../../shared/components/Pagination';
import { useOrdersQuery } from '../api';
import '../orders.css';

export function Component() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const page = Math.max(1, Number(search.get('page')) || 1);
  const { data, error, refetch } = useOrdersQuery(page, { refetchOnMountOrArgChange: true });
  useTitle(t('orders.heading'));

  if (error) return <FailureNotice error={error} onRetry={refetch} />;
  if (!data) return <Skeleton shape="line" count={4} />;
  if (data.items.length === 0) {
    return (
      <EmptyState title={t('orders.empty')} text={t('orders.emptyText')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }
  return (
    <section>
      <h1>{t('orders.heading')}</h1>
      <ul className="order-list">
        {data.items.map((order) => (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`}>{t('orders.order', { number: order.number })}</Link>
            <span className="muted">{formatDateTime(order.createdAt)}</span>
            <span className={`status status--${order.status}`}>{t(`status.${order.status}`)}</span>
            <MoneyText value={order.total} />
          </li>
        ))}
      </ul>
      <Pagination page={data.page} pages={Math.ceil(data.total / data.pageSize)} href={(target) => `?page=${target}`} />
    </section>
  );
}
