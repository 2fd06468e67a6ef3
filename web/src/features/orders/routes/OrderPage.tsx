import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { MoneyText } from '../../../shared/components/MoneyText';
import { Skeleton } from '../../../shared/components/Skeleton';
import { Totals } from '../../../shared/components/Totals';
import { formatDateTime } from '../../../shared/format';
import { isNotFound } from '../../../shared/problem';
import { useTitle } from '../../../shared/useTitle';
import { useCancelOrderMutation, useOrderQuery, type Address, type Order } from '../api';
import { StatusSteps } from '../components/StatusSteps';
import { canCancel, isFinal, pollInterval } from '../status';
import '../orders.css';

export function Component() {
  const { t } = useTranslation();
  const { orderId = '' } = useParams();
  const { order, error, refetch } = useLiveOrder(orderId);
  useTitle(order && t('orders.order', { number: order.number }));

  if (order) return <OrderDetail order={order} />;
  if (isNotFound(error)) {
    return (
      <EmptyState title={t('orders.missing')} text={t('orders.missingText')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }
  if (error) return <FailureNotice error={error} onRetry={refetch} />;
  return <Skeleton shape="panel" />;
}

/** An order that looks again while it can still change; a failed look keeps what is shown and tries on. */
function useLiveOrder(orderId: string) {
  const [interval, setInterval] = useState(700);
  const { data: order, error, refetch } = useOrderQuery(orderId, {
    pollingInterval: interval,
    skipPollingIfUnfocused: true,
    refetchOnMountOrArgChange: true,
  });
  const wanted = order ? pollInterval(order.status) : interval;
  if (wanted !== interval) setInterval(wanted);
  return { order, error, refetch };
}

function OrderDetail({ order }: { order: Order }) {
  const { t } = useTranslation();
  const [cancel, { isLoading, error }] = useCancelOrderMutation();
  return (
    <div className="two-columns">
      <section>
        <h1>{t('orders.order', { number: order.number })}</h1>
        <p className="muted">{t('orders.placedAt', { when: formatDateTime(order.createdAt) })}</p>
        <div aria-live="polite" data-testid="order-status" data-status={order.status}>
          <StatusSteps status={order.status} />
        </div>
        {!isFinal(order.status) && <p className="muted small">{t('orders.live')}</p>}
        <h2>{t('orders.items')}</h2>
        <ul className="order-items">
          {order.items.map((item) => (
            <li key={item.sku}>
              <span>{item.quantity} × {item.title}</span>
              <MoneyText value={{ ...item.unitPrice, amount: item.unitPrice.amount * item.quantity }} />
            </li>
          ))}
        </ul>
      </section>
      <aside className="panel">
        <Totals {...order} />
        <h2>{t('orders.deliverTo')}</h2>
        <AddressText address={order.shippingAddress} />
        {canCancel(order.status) && (
          <button className="button button--quiet button--wide" disabled={isLoading} onClick={() => void cancel(order.id)}>
            {isLoading ? t('orders.cancelling') : t('orders.cancel')}
          </button>
        )}
        {error && <FailureNotice error={error} />}
      </aside>
    </div>
  );
}

function AddressText({ address }: { address: Address }) {
  const lines = [address.name, address.line1, address.line2, `${address.postalCode} ${address.city}`, address.region, address.country];
  return <address>{lines.filter(Boolean).map((line, index) => <div key={index}>{line}</div>)}</address>;
}
