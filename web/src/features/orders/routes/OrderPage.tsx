import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { MoneyText } from '../../../shared/components/MoneyText';
import { Skeleton } from '../../../shared/components/Skeleton';
import { Totals } from '../../../shared/components/Totals';
import { formatCountry, formatDateTime } from '../../../shared/format';
import { isNotFound } from '../../../shared/problem';
import { useTitle } from '../../../shared/useTitle';
import type { Address, Order } from '../api';
import { CancelButton } from '../components/CancelButton';
import { CancelledNotice } from '../components/CancelledNotice';
import { PaymentAction } from '../components/PaymentAction';
import { StatusAnnouncement } from '../components/StatusAnnouncement';
import { StatusSteps } from '../components/StatusSteps';
import { Timeline } from '../components/Timeline';
import { canCancel, isFinal } from '../status';
import { useLiveOrder } from '../useLiveOrder';
import '../orders.css';

export function Component() {
  const { t } = useTranslation();
  const { orderId = '' } = useParams();
  const { order, error, live, refetch } = useLiveOrder(orderId);
  useTitle(order && t('orders.order', { number: order.number }));

  // A key for each order: what one announced or tried says nothing about another.
  if (order) return <OrderDetail key={order.id} order={order} live={live} />;
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

function OrderDetail({ order, live }: { order: Order; live: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="two-columns">
      <section>
        <h1>{t('orders.order', { number: order.number })}</h1>
        <p className="muted">{t('orders.placedAt', { when: formatDateTime(order.createdAt) })}</p>
        <div data-testid="order-status" data-status={order.status}>
          <StatusSteps status={order.status} />
        </div>
        <StatusAnnouncement status={order.status} />
        {order.status === 'awaiting-payment-action' && <PaymentAction order={order} />}
        {order.status === 'cancelled' && <CancelledNotice order={order} />}
        <ShipmentNote order={order} />
        {!isFinal(order.status) && (
          <p className="muted small live-note" data-testid="live" data-live={live}>{live ? t('orders.live') : t('orders.polling')}</p>
        )}
        <h2>{t('orders.items')}</h2>
        <ul className="order-items">
          {order.items.map((item) => (
            <li key={item.sku}>
              <span>{item.quantity} × {item.title}</span>
              <MoneyText value={{ ...item.unitPrice, amount: item.unitPrice.amount * item.quantity }} />
            </li>
          ))}
        </ul>
        <h2>{t('orders.timeline')}</h2>
        <Timeline id={order.id} status={order.status} />
      </section>
      <aside className="panel">
        <Totals {...order} />
        <h2>{t('orders.deliverTo')}</h2>
        <AddressText address={order.shippingAddress} />
        {canCancel(order.status) && <CancelButton orderId={order.id} />}
      </aside>
    </div>
  );
}

function ShipmentNote({ order: { carrier, trackingNumber } }: { order: Order }) {
  const { t } = useTranslation();
  if (!carrier && !trackingNumber) return null;
  return (
    <p className="notice notice--info" data-testid="shipment">
      {carrier && t('orders.carrier', { carrier })} {trackingNumber && t('orders.tracking', { number: trackingNumber })}
    </p>
  );
}

function AddressText({ address }: { address: Address }) {
  const lines = [address.name, address.line1, address.line2, `${address.postalCode} ${address.city}`, address.region, formatCountry(address.country)];
  return <address>{lines.filter(Boolean).map((line, index) => <div key={index}>{line}</div>)}</address>;
}
