import { formatMoney } from '../format';
import type { Money } from '../types';

export const MoneyText = ({ value }: { value: Money }) => <span className="money">{formatMoney(value)}</span>;
