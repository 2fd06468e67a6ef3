import { useTranslation } from 'react-i18next';
import { useSelector } from 'react-redux';
import { hasNetwork, isOffline } from '../../shared/connectivity/slice';

/** Says that the shop cannot be reached, and what still works; gone as soon as it is back. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const offline = useSelector(isOffline);
  const network = useSelector(hasNetwork);
  return (
    // The region is always there, so that what appears in it is announced.
    <div role="status" className="offline-banner" data-testid="offline-banner" data-offline={offline}>
      {offline && (
        <p>
          <strong>{network ? t('offline.unreachable') : t('offline.noNetwork')}</strong> {t('offline.works')}
        </p>
      )}
    </div>
  );
}
