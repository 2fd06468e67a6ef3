import { useTranslation } from 'react-i18next';
import { MoneyText } from '../../../shared/components/MoneyText';
import { formatMoney } from '../../../shared/format';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { useRemoveLineMutation, useSetQuantityMutation, type BasketLine } from '../api';
import { maxQuantity } from '../limits';
import { QuantityField } from './QuantityField';

export function BasketLineRow({ line }: { line: BasketLine }) {
  const { t } = useTranslation();
  const [setQuantity, { error: quantityError }] = useSetQuantityMutation();
  const [remove, { isLoading, error: removeError }] = useRemoveLineMutation();
  const error = quantityError ?? removeError;
  return (
    <li className="basket-line">
      {line.image ? <img src={line.image} alt="" width="72" height="72" /> : <span className="basket-line__blank" />}
      <div className="basket-line__what">
        <strong>{line.title}</strong>
        <span className="muted small">{t('basket.each', { price: formatMoney(line.unitPrice) })}</span>
      </div>
      <QuantityField
        label={t('basket.quantityOf', { title: line.title })}
        value={line.quantity}
        max={maxQuantity}
        onChange={(quantity) => void setQuantity({ sku: line.sku, quantity })}
      />
      <MoneyText value={line.lineTotal} />
      <button
        className="button button--icon"
        aria-label={t('basket.remove', { title: line.title })}
        disabled={isLoading}
        onClick={() => void remove(line.sku)}
      >
        ×
      </button>
      {error && <FailureNotice error={error} />}
    </li>
  );
}
