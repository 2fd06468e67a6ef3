import { Elements } from '@stripe/react-stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import type { Stripe } from '@stripe/stripe-js';
import { useEffect, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../../shared/components/Skeleton';
import type { PaymentMethodHandle } from '../paymentMethod';
import { StripeCard } from './StripeCard';

interface Props {
  publishableKey: string;
  handle: Ref<PaymentMethodHandle>;
  onWrong: (count: number) => void;
}

/** Stripe's own card form: what is typed goes from Stripe's frame to Stripe, and not even this page sees it. */
export default function StripeCardFields({ publishableKey, ...props }: Props) {
  const { t } = useTranslation();
  const [stripe, setStripe] = useState<Stripe | 'failed'>();
  const [tries, setTries] = useState(1);

  useEffect(() => {
    let wanted = true;
    loadStripe(publishableKey).then(
      (loaded) => wanted && setStripe(loaded ?? 'failed'),
      () => wanted && setStripe('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [publishableKey, tries]);

  if (!stripe) return <Skeleton shape="line" />;
  if (stripe === 'failed') {
    const again = () => {
      setStripe(undefined);
      setTries(tries + 1);
    };
    return (
      <div role="alert" className="notice notice--error">
        <p>{t('card.stripeFailed')}</p>
        <button type="button" className="button button--quiet" onClick={again}>{t('common.retry')}</button>
      </div>
    );
  }
  return (
    <Elements stripe={stripe}>
      <StripeCard {...props} />
    </Elements>
  );
}
