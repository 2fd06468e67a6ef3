import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { Skeleton } from '../../../shared/components/Skeleton';
import { Totals } from '../../../shared/components/Totals';
import { toFailure } from '../../../shared/problem';
import { useTitle } from '../../../shared/useTitle';
import { useBasketQuery } from '../../basket/api';
import { usePlaceOrderMutation } from '../../orders/api';
import { TextField } from '../components/TextField';
import { emptyForm, fieldOf, maxLengths, toOrder, validate, type FieldError, type FieldName } from '../form';
import '../checkout.css';

const countries = ['AT', 'BE', 'CH', 'DE', 'DK', 'ES', 'FR', 'IE', 'IT', 'LU', 'NL', 'PT', 'SE'] as const;

const addressFields = [
  ['name', 'name'],
  ['line1', 'address-line1'],
  ['line2', 'address-line2'],
  ['postalCode', 'postal-code'],
  ['city', 'address-level2'],
  ['region', 'address-level1'],
] as const satisfies readonly (readonly [FieldName, string])[];

export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: basket, error: basketError, refetch } = useBasketQuery(undefined, { refetchOnMountOrArgChange: true });
  const [placeOrder, { isLoading, isSuccess, error }] = usePlaceOrderMutation();
  const [form, setForm] = useState(emptyForm);
  const [shown, setShown] = useState<Partial<Record<FieldName, FieldError>>>({});
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const formElement = useRef<HTMLFormElement>(null);
  useTitle(t('checkout.heading'));

  if (basketError) return <FailureNotice error={basketError} onRetry={refetch} />;
  if (!basket) return <Skeleton shape="panel" />;
  if (basket.items.length === 0 && !isLoading && !isSuccess) {
    return (
      <EmptyState title={t('basket.empty')} text={t('basket.emptyText')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }

  const serverErrors = serverFieldErrors(error);
  const errorText = (field: FieldName) => {
    const own = shown[field];
    return own ? t(`checkout.${own}`, { max: maxLengths[field] }) : serverErrors[field];
  };
  const change = (field: FieldName) => (value: string) => {
    setForm((current) => ({ ...current, [field]: value }));
    setShown(({ [field]: _corrected, ...others }) => others);
    // Another address is another order: the server refuses a changed body under a used key.
    if (error) setIdempotencyKey(crypto.randomUUID());
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const errors = validate(form);
    setShown(errors);
    const first = Object.keys(errors)[0];
    if (first) {
      formElement.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const placed = await placeOrder({ idempotencyKey, order: toOrder(form) });
    if (placed.data) await navigate(`/orders/${placed.data.orderId}`, { replace: true });
  };

  const wrong = Object.keys(shown).length;
  return (
    <form ref={formElement} className="two-columns" noValidate onSubmit={(event) => void submit(event)}>
      <section>
        <h1>{t('checkout.heading')}</h1>
        <div aria-live="assertive">
          {wrong > 0 && <p className="notice notice--error">{t('checkout.fix', { count: wrong })}</p>}
        </div>
        <fieldset className="fields">
          <legend>{t('checkout.contact')}</legend>
          <TextField label={t('checkout.email')} name="email" type="email" autoComplete="email" value={form.email} error={errorText('email')} onChange={change('email')} />
        </fieldset>
        <fieldset className="fields">
          <legend>{t('checkout.address')}</legend>
          {addressFields.map(([field, autoComplete]) => (
            <TextField key={field} label={t(`checkout.${field}`)} name={field} autoComplete={autoComplete} value={form[field]} error={errorText(field)} onChange={change(field)} />
          ))}
          <div className="field">
            <label htmlFor="country">{t('checkout.country')}</label>
            <select id="country" name="country" autoComplete="country" value={form.country} onChange={(event) => change('country')(event.target.value)}>
              {countries.map((code) => <option key={code} value={code}>{t(`countries.${code}`)}</option>)}
            </select>
          </div>
        </fieldset>
        <fieldset className="fields">
          <legend>{t('checkout.payment')}</legend>
          <p className="muted">{t('checkout.paymentNote')}</p>
        </fieldset>
      </section>
      <aside className="panel">
        <h2>{t('checkout.summary')}</h2>
        <ul className="order-items">
          {basket.items.map((item) => <li key={item.sku}><span>{item.quantity} × {item.title}</span></li>)}
        </ul>
        <Totals {...basket} />
        <button className="button button--wide" disabled={isLoading || isSuccess}>
          {isLoading ? t('checkout.placing') : t('checkout.place')}
        </button>
        {error && <FailureNotice error={error} />}
      </aside>
    </form>
  );
}

function serverFieldErrors(error: Parameters<typeof toFailure>[0] | undefined): Partial<Record<FieldName, string>> {
  const failure = error && toFailure(error);
  if (failure?.kind !== 'problem') return {};
  const found = Object.entries(failure.problem.errors ?? {}).map(([name, messages]) => [fieldOf(name), messages[0]] as const);
  return Object.fromEntries(found.filter(([field]) => field !== undefined));
}
