import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Links, not buttons: a page can be opened in a tab, bookmarked and reached with the keyboard. */
export function Pagination({ page, pages, href }: { page: number; pages: number; href: (page: number) => string }) {
  const { t } = useTranslation();
  if (pages <= 1) return null;
  return (
    <nav className="pagination" aria-label={t('catalog.pages')}>
      {page > 1 ? <Link className="button button--quiet" rel="prev" to={href(page - 1)}>{t('catalog.previous')}</Link> : <span />}
      <span>{t('catalog.pageOf', { page, pages })}</span>
      {page < pages ? <Link className="button button--quiet" rel="next" to={href(page + 1)}>{t('catalog.next')}</Link> : <span />}
    </nav>
  );
}
