import { useTranslation } from 'react-i18next';
import type { Money } from '../types';
import { MoneyText } from './MoneyText';

export interface Priced {
  subtotal: Money;
  discount: Money;
  shipping: Money;
  tax: Money;
  total: Money;
}

/** The sums of a basket or an order, as the server computed them. */
export function Totals({ subtotal, discount, shipping, tax, total }: Priced) {
  const { t } = useTranslation();
  return (
    <dl className="totals">
      <div><dt>{t('basket.subtotal')}</dt><dd><MoneyText value={subtotal} /></dd></div>
      {discount.amount !== 0 && <div><dt>{t('basket.discount')}</dt><dd><MoneyText value={discount} /></dd></div>}
      <div>
        <dt>{t('basket.shipping')}</dt>
        <dd>{shipping.amount === 0 ? t('basket.freeShipping') : <MoneyText value={shipping} />}</dd>
      </div>
      <div className="totals__total"><dt>{t('basket.total')}</dt><dd data-testid="total"><MoneyText value={total} /></dd></div>
      <div className="muted small"><dt>{t('basket.tax')}</dt><dd><MoneyText value={tax} /></dd></div>
    </dl>
  );
}
