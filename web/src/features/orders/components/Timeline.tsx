import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../shared/format';
import { useOrderTimelineQuery, type OrderStatus } from '../api';

const statuses: readonly OrderStatus[] = ['submitted', 'awaiting-payment-action', 'confirmed', 'shipped', 'completed', 'cancelled', 'returned'];

/** What happened to an order and when. The workflow's own steps are the operator's concern and left out. */
export function Timeline({ id, status }: { id: string; status: OrderStatus }) {
  const { t } = useTranslation();
  const { data, error } = useOrderTimelineQuery({ id, status });
  const entries = (data?.entries ?? []).flatMap((entry) => {
    const known = entry.kind === 'status' && statuses.find((name) => name === entry.name);
    return known ? [{ at: entry.at, status: known }] : [];
  });
  if (!data && error) return <p className="muted small">{t('orders.noTimeline')}</p>;
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.status}`} data-status={entry.status}>
          <span>{t(`status.${entry.status}`)}</span>
          <time className="muted small" dateTime={entry.at}>{formatDateTime(entry.at)}</time>
        </li>
      ))}
    </ol>
  );
}
