import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { useBasketCount } from '../../features/basket/useBasketCount';
import './layout.css';

export function Layout() {
  const { t } = useTranslation();
  const count = useBasketCount();
  const loading = useNavigation().state === 'loading';
  const main = useMainFocusOnNavigation();

  return (
    <>
      <a className="skip-link" href="#main">{t('layout.skip')}</a>
      <header className="site-header">
        <div className="site-header__inner">
          <Link to="/" className="brand">
            <img src="/favicon.svg" alt="" width="32" height="32" />
            <span>Argosy</span>
          </Link>
          <nav aria-label={t('layout.navigation')} className="site-nav">
            <NavLink to="/orders">{t('layout.orders')}</NavLink>
            <NavLink to="/basket" className="site-nav__basket">
              {t('layout.basket')}
              <span className="badge" aria-hidden="true" data-testid="basket-count">{count}</span>
              <span className="visually-hidden">{t('layout.basketCount', { count })}</span>
            </NavLink>
          </nav>
        </div>
        <div className="progress-line" data-active={loading} aria-hidden="true" />
      </header>
      <main id="main" ref={main} tabIndex={-1} className="page">
        <Outlet />
      </main>
      <footer className="site-footer">
        <p>{t('layout.footer')}</p>
      </footer>
      <ScrollRestoration />
    </>
  );
}

/** After a navigation the keyboard and screen readers start at the new page, not at the link that led there. */
function useMainFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current !== pathname) main.current?.focus({ preventScroll: true });
    previous.current = pathname;
  }, [pathname]);
  return main;
}
