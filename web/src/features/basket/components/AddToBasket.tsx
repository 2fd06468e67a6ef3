import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { useBasketQuery, useSetQuantityMutation } from '../api';
import { maxQuantity } from '../limits';
import { QuantityField } from './QuantityField';
import './addToBasket.css';

/** Adds pieces of one SKU to what the basket already holds of it. */
export function AddToBasket({ sku, available }: { sku: string; available: number }) {
  const { t } = useTranslation();
  const [quantity, setQuantity] = useState(1);
  const { data: basket } = useBasketQuery();
  const [save, { isLoading, isSuccess, error }] = useSetQuantityMutation();
  const held = basket?.items.find((item) => item.sku === sku)?.quantity ?? 0;
  const most = Math.min(available, maxQuantity) - held;

  return (
    <form
      className="add-to-basket"
      onSubmit={(event) => {
        event.preventDefault();
        void save({ sku, quantity: held + quantity });
      }}
    >
      <QuantityField label={t('common.quantity')} value={quantity} max={Math.max(1, most)} onChange={setQuantity} />
      <button className="button" disabled={isLoading || most < 1}>
        {isLoading ? t('product.adding') : available <= 0 ? t('product.soldOut') : t('product.add')}
      </button>
      <div aria-live="polite" className="add-to-basket__result">
        {isSuccess && <p className="notice notice--good">{t('product.added')} <Link to="/basket">{t('product.view')}</Link></p>}
      </div>
      {error && <FailureNotice error={error} />}
    </form>
  );
}
