import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { destinationOf } from '../../../shared/destination';
import { useGoTo } from '../../../shared/useGoTo';
import type { Order } from '../api';
import { takeJustOrdered } from '../justOrdered';

/** Sends the customer to the bank's page (3-D Secure): by itself right after ordering, on request later. */
export function PaymentAction({ order }: { order: Order }) {
  const { t } = useTranslation();
  const goTo = useGoTo();
  const answered = useAnswered();
  const url = order.nextAction?.url;

  useEffect(() => {
    if (url && takeJustOrdered(order.id)) goTo(url);
  }, [goTo, order.id, url]);

  return (
    <div className="notice notice--action">
      <h2>{answered ? t('action.answered') : t('action.heading')}</h2>
      <p>{answered ? t('action.answeredText') : t('action.text')}</p>
      {url && <ActionLink url={url} className={answered ? 'button button--quiet' : 'button'}>{answered ? t('action.again') : t('action.continue')}</ActionLink>}
    </div>
  );
}

function ActionLink({ url, className, children }: { url: string; className: string; children: string }) {
  const destination = destinationOf(url);
  if (!destination) return null;
  return destination.inside
    ? <Link className={className} to={destination.path}>{children}</Link>
    : <a className={className} href={destination.url}>{children}</a>;
}

/** Whether the customer comes from the bank's page: ours says so itself, Stripe's by what it adds to the address. */
function useAnswered(): boolean {
  const { state, search } = useLocation();
  const fromOurs = typeof state === 'object' && state !== null && 'answered' in state;
  return fromOurs || new URLSearchParams(search).has('payment_intent');
}
