import { skipToken } from '@reduxjs/toolkit/query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../../shared/components/EmptyState';
import { FailureNotice } from '../../../shared/components/FailureNotice';
import { Skeleton } from '../../../shared/components/Skeleton';
import { useTitle } from '../../../shared/useTitle';
import { useBasketQuery, type Basket } from '../../basket/api';
import { useOrderQuery } from '../../orders/api';
import { CheckoutForm } from '../components/CheckoutForm';
import { emptyForm, formOf } from '../form';
import '../checkout.css';

export function Component() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { data: current, error, refetch } = useBasketQuery(undefined, { refetchOnMountOrArgChange: true });
  // Whoever tries again after a failed order finds its address filled in; should that order not be found, an empty form does.
  const before = useOrderQuery(search.get('again') ?? skipToken);
  const basket = useLastFilled(current);
  useTitle(t('checkout.heading'));

  if (!current && error) return <FailureNotice error={error} onRetry={refetch} />;
  if (!current || before.isLoading) return <Skeleton shape="panel" />;
  if (!basket) {
    return (
      <EmptyState title={t('basket.empty')} text={t('basket.emptyText')}>
        <Link className="button" to="/">{t('common.toShop')}</Link>
      </EmptyState>
    );
  }
  return <CheckoutForm basket={basket} initial={before.data ? formOf(before.data) : emptyForm} />;
}

/** The basket while there is something in it. An order empties it, and when its answer got lost on the way the form must stay: only a
 *  second try with it finds out what became of the first. */
function useLastFilled(current: Basket | undefined): Basket | undefined {
  const [filled, setFilled] = useState<Basket>();
  if (current && current.items.length > 0 && current !== filled) setFilled(current);
  return filled;
}
