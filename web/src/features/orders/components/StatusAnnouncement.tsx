import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderStatus } from '../api';

/** Tells people who do not see the steps when the status changes under their hands; silent about the one they found. */
export function StatusAnnouncement({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const [found] = useState(status);
  return (
    <p role="status" className="visually-hidden" data-testid="status-announcement">
      {status !== found && t('orders.nowStatus', { status: t(`status.${status}`) })}
    </p>
  );
}
