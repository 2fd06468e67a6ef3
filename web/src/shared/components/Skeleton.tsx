import { useTranslation } from 'react-i18next';

/** Grey shapes in place of content that is on its way; announced once, as one. */
export function Skeleton({ count = 1, shape }: { count?: number; shape: 'card' | 'line' | 'panel' }) {
  const { t } = useTranslation();
  return (
    <div role="status" className={`skeleton-group skeleton-group--${shape}`}>
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`skeleton skeleton--${shape}`} />
      ))}
    </div>
  );
}
