import { useTranslation } from 'react-i18next';
import { useOffline } from '../connectivity/useOffline';

/** Says beside a button why it cannot be pressed; the button points here with aria-describedby. */
export function OfflineReason({ id }: { id: string }) {
  const { t } = useTranslation();
  return useOffline() ? <p id={id} className="muted small offline-reason">{t('offline.button')}</p> : null;
}
