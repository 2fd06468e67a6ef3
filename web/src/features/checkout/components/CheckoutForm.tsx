import { useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { OfflineReason } from '../../../shared/components/OfflineReason';
import { useOffline } from '../../../shared/connectivity/useOffline';
import type { Basket } from '../../basket/api';
import { usePlaceOrderMutation } from '../../orders/api';
import { rememberJustOrdered } from '../../orders/justOrdered';
import { usePaymentConfigQuery } from '../../payment/api';
import { PaymentFields } from '../../payment/components/PaymentFields';
import type { PaymentMethodHandle } from '../../payment/paymentMethod';
import { maxLengths, toOrder, validate, type CheckoutForm as Form, type FieldError, type FieldName } from '../form';
import { serverFieldErrors } from '../serverErrors';
import { useAttemptKey } from '../useAttemptKey';
import { AddressFields } from './AddressFields';
import { OrderSummary } from './OrderSummary';

export function CheckoutForm({ basket, initial }: { basket: Basket; initial: Form }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const offline = useOffline();
  const { data: config } = usePaymentConfigQuery();
  const [placeOrder, { isSuccess, error }] = usePlaceOrderMutation();
  const [form, setForm] = useState(initial);
  const [shown, setShown] = useState<Partial<Record<FieldName, FieldError>>>({});
  const [wrongInCard, setWrongInCard] = useState(0);
  const [busy, setBusy] = useState(false);
  const keyOf = useAttemptKey();
  const formElement = useRef<HTMLFormElement>(null);
  const payment = useRef<PaymentMethodHandle>(null);
  const reasonId = useId();

  const serverErrors = serverFieldErrors(error);
  const errorText = (field: FieldName) => {
    const own = shown[field];
    return own ? t(`checkout.${own}`, { max: maxLengths[field] }) : serverErrors[field];
  };
  const change = (field: FieldName, value: string) => {
    setForm((current) => ({ ...current, [field]: value }));
    setShown(({ [field]: _corrected, ...others }) => others);
  };

  const isFilledIn = (card: PaymentMethodHandle) => {
    const errors = validate(form);
    setShown(errors);
    const wrongCardFields = card.check();
    const [first] = Object.keys(errors);
    if (first) formElement.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    // After the errors are shown: which field is wrong is read from the form.
    else if (wrongCardFields > 0) setTimeout(() => card.focus());
    return !first && wrongCardFields === 0;
  };

  const place = async (card: PaymentMethodHandle) => {
    const token = await card.tokenize({ name: form.name.trim(), email: form.email.trim(), postalCode: form.postalCode.trim(), country: form.country });
    if (!token) return;
    const order = toOrder(form, token);
    const placed = await placeOrder({ idempotencyKey: keyOf(order), order });
    if (!placed.data) return;
    rememberJustOrdered(placed.data.orderId);
    await navigate(`/orders/${placed.data.orderId}`, { replace: true });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const card = payment.current;
    // Enter submits too, whatever the button says.
    if (busy || isSuccess || offline || !card || !isFilledIn(card)) return;
    setBusy(true);
    await place(card).finally(() => setBusy(false));
  };

  const wrong = Object.keys(shown).length + wrongInCard;
  return (
    <form ref={formElement} className="two-columns" noValidate onSubmit={(event) => void submit(event)}>
      <section>
        <h1>{t('checkout.heading')}</h1>
        <div aria-live="assertive">
          {wrong > 0 && <p className="notice notice--error">{t('checkout.fix', { count: wrong })}</p>}
        </div>
        <AddressFields form={form} errorText={errorText} onChange={change} />
        <fieldset>
          <legend>{t('checkout.payment')}</legend>
          <PaymentFields handle={payment} onWrong={setWrongInCard} />
        </fieldset>
      </section>
      <OrderSummary basket={basket}>
        <button className="button button--wide" disabled={busy || isSuccess || offline || !config} aria-describedby={offline ? reasonId : undefined}>
          {busy ? t('checkout.placing') : t('checkout.place')}
        </button>
        <OfflineReason id={reasonId} />
        {error && <FailureNotice error={error} />}
      </OrderSummary>
    </form>
  );
}
