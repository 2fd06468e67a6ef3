import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { OfflineReason } from '../../../shared/components/OfflineReason';
import { useOffline } from '../../../shared/connectivity/useOffline';
import { useCancelOrderMutation } from '../api';

export function CancelButton({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const reasonId = useId();
  const offline = useOffline();
  const [cancel, { isLoading, error }] = useCancelOrderMutation();
  return (
    <>
      <button
        className="button button--quiet button--wide"
        disabled={isLoading || offline}
        aria-describedby={offline ? reasonId : undefined}
        onClick={() => void cancel(orderId)}
      >
        {isLoading ? t('orders.cancelling') : t('orders.cancel')}
      </button>
      <OfflineReason id={reasonId} />
      {error && <FailureNotice error={error} />}
    </>
  );
}
