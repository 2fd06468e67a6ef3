import { Outlet } from 'react-router';
import { OfflineBanner } from './OfflineBanner';
import { useConnectivityWatch } from './useConnectivityWatch';

/** What every page has, the shop's own and the bank's. */
export function AppRoot() {
  useConnectivityWatch();
  return (
    <>
      <OfflineBanner />
      <Outlet />
    </>
  );
}
