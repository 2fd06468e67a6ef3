import { useState } from 'react';
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
import { useOrderFeed } from '../live/useOrderFeed';
import { isFinal } from '../status';
import '../orders.css';

/** How soon to look again while an order can change and no news arrive by themselves, in milliseconds. */
const pollingInterval = 15_000;

export function Component() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const page = Math.max(1, Number(search.get('page')) || 1);
  const live = useOrderFeed();
  const [interval, setInterval] = useState(0);
  const { data, error, refetch } = useOrdersQuery(page, {
    pollingInterval: interval,
    skipPollingIfUnfocused: true,
    refetchOnFocus: true,
    refetchOnMountOrArgChange: true,
  });
  const wanted = !live && data?.items.some(({ status }) => !isFinal(status)) ? pollingInterval : 0;
  if (wanted !== interval) setInterval(wanted);
  useTitle(t('orders.heading'));

  if (!data) return error ? <FailureNotice error={error} onRetry={refetch} /> : <Skeleton shape="line" count={4} />;
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
