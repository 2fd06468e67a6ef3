import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { destinationOf } from './destination';
import { leaveFor } from './leaveFor';

/** Goes to an address that a service gave us: through the router within the shop, by a page load elsewhere. */
export function useGoTo() {
  const navigate = useNavigate();
  return useCallback((url: string, state?: unknown) => {
    const destination = destinationOf(url);
    if (destination?.inside) void navigate(destination.path, { state });
    else if (destination) leaveFor(destination.url);
  }, [navigate]);
}
