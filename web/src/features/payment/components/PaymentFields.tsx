import { lazy, Suspense, type Ref } from 'react';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { Skeleton } from '../../../shared/components/Skeleton';
import { usePaymentConfigQuery } from '../api';
import type { PaymentMethodHandle } from '../paymentMethod';
import { TestCardFields } from './TestCardFields';
import '../payment.css';

// Stripe's libraries are loaded by shops that use Stripe, and no earlier than here.
const StripeCardFields = lazy(() => import('./StripeCardFields'));

interface Props {
  handle: Ref<PaymentMethodHandle>;
  onWrong: (count: number) => void;
}

/** The card form that fits the shop's payment gateway. */
export function PaymentFields(props: Props) {
  const { data: config, error, refetch } = usePaymentConfigQuery();
  if (!config) return error ? <FailureNotice error={error} onRetry={refetch} /> : <Skeleton shape="line" count={2} />;
  if (config.publishableKey === null) return <TestCardFields {...props} />;
  return (
    <Suspense fallback={<Skeleton shape="line" />}>
      <StripeCardFields publishableKey={config.publishableKey} {...props} />
    </Suspense>
  );
}
