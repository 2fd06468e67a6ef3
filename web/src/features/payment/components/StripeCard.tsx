import { CardElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { StripeCardElementOptions } from '@stripe/stripe-js';
import { useId, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingDetails, PaymentMethodHandle } from '../paymentMethod';

interface Props {
  handle: Ref<PaymentMethodHandle>;
  onWrong: (count: number) => void;
}

export function StripeCard({ handle, onWrong }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const stripe = useStripe();
  const elements = useElements();
  const [options] = useState(cardOptions);
  const complete = useRef(false);
  // Kept while the entry is: trying again must be the same request, or its idempotency key would not hold.
  const made = useRef<{ billing: string; token: string }>(undefined);
  const [error, setError] = useState<string>();

  const show = (message: string | undefined) => {
    setError(message);
    onWrong(message ? 1 : 0);
  };

  useImperativeHandle(handle, () => ({
    check() {
      const message = error ?? (complete.current ? undefined : t('card.stripeIncomplete'));
      show(message);
      return message ? 1 : 0;
    },
    focus: () => elements?.getElement(CardElement)?.focus(),
    async tokenize(details) {
      const billing = JSON.stringify(details);
      if (made.current?.billing === billing) return made.current.token;
      const card = elements?.getElement(CardElement);
      if (!stripe || !card) return undefined;
      const { paymentMethod, error: refusal } = await stripe.createPaymentMethod({ type: 'card', card, billing_details: toStripe(details) });
      if (!paymentMethod) {
        show(refusal.message ?? t('card.stripeFailed'));
        return undefined;
      }
      made.current = { billing, token: paymentMethod.id };
      return paymentMethod.id;
    },
  }));

  return (
    <div className="field">
      <label htmlFor={id}>{t('card.card')}</label>
      <div className="stripe-card" data-invalid={error !== undefined}>
        <CardElement
          id={id}
          options={options}
          onChange={(event) => {
            complete.current = event.complete;
            made.current = undefined;
            show(event.error?.message);
          }}
        />
      </div>
      <p role="alert" className="field__error">{error}</p>
    </div>
  );
}

const toStripe = ({ name, email, postalCode, country }: BillingDetails) => ({ name, email, address: { postal_code: postalCode, country } });

/** Our look inside Stripe's frame, which sees none of our style sheets. */
function cardOptions(): StripeCardElementOptions {
  const theme = getComputedStyle(document.documentElement);
  const value = (name: string) => theme.getPropertyValue(name).trim();
  return {
    // The address form above has it.
    hidePostalCode: true,
    style: {
      base: { color: value('--ink'), iconColor: value('--ink-soft'), fontFamily: value('--font'), fontSize: '16px', lineHeight: '26px', '::placeholder': { color: value('--ink-soft') } },
      invalid: { color: value('--bad'), iconColor: value('--bad') },
    },
  };
}
