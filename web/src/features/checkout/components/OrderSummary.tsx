import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Totals } from '../../../shared/components/Totals';
import type { Basket } from '../../basket/api';

/** What is about to be ordered; the button to do so goes inside. */
export function OrderSummary({ basket, children }: { basket: Basket; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <aside className="panel">
      <h2>{t('checkout.summary')}</h2>
      <ul className="order-items">
        {basket.items.map((item) => <li key={item.sku}><span>{item.quantity} × {item.title}</span></li>)}
      </ul>
      <Totals {...basket} />
      {children}
    </aside>
  );
}
