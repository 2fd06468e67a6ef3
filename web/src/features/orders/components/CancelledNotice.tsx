import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { OfflineReason } from '../../../shared/components/OfflineReason';
import { useOffline } from '../../../shared/connectivity/useOffline';
import { usePutBackMutation } from '../../basket/api';
import type { CancelReason, Order } from '../api';

const known: readonly CancelReason[] = [
  'customer-request', 'out-of-stock', 'reservation-expired', 'payment-declined', 'payment-action-expired', 'payment-failed', 'processing-failed',
];

/** Another card helps against these. */
const cardReasons: readonly CancelReason[] = ['payment-declined', 'payment-action-expired', 'payment-failed'];

/** Why an order was cancelled, that it cost nothing, and the way back: its items into the basket and on to the checkout with one press. */
export function CancelledNotice({ order }: { order: Order }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const reasonId = useId();
  const offline = useOffline();
  const [putBack, { data, error, isLoading }] = usePutBackMutation();
  const reason = known.find((code) => code === order.cancelReason);
  const checkout = `/checkout?again=${order.id}`;

  const tryAgain = async () => {
    const { data: result } = await putBack(order.items.map(({ sku, title, quantity }) => ({ sku, title, quantity })));
    if (result?.refused.length === 0) await navigate(checkout);
  };

  const refused = data?.refused ?? [];
  return (
    <div className={`notice notice--outcome ${reason === 'customer-request' ? 'notice--info' : 'notice--error'}`} data-testid="cancelled" data-reason={order.cancelReason}>
      <h2>{t(`cancelled.${reason ?? 'unknown'}`)}</h2>
      <p>{t(`cancelled.text.${reason ?? 'unknown'}`)}</p>
      <p>{t('cancelled.notCharged')}</p>
      {refused.length === 0 ? (
        <button className="button" disabled={isLoading || offline} aria-describedby={offline ? reasonId : undefined} onClick={() => void tryAgain()}>
          {isLoading ? t('cancelled.puttingBack') : reason && cardReasons.includes(reason) ? t('cancelled.anotherCard') : t('cancelled.orderAgain')}
        </button>
      ) : (
        <div role="alert">
          <p>{t('cancelled.refused', { titles: refused.join(', ') })}</p>
          {refused.length < order.items.length && <Link className="button" to={checkout}>{t('cancelled.withoutThem')}</Link>}
        </div>
      )}
      <OfflineReason id={reasonId} />
      {error && <FailureNotice error={error} />}
    </div>
  );
}
