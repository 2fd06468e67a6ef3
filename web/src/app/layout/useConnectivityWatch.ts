import { useEffect, useRef } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import { backoff } from '../../shared/backoff';
import { answered, hasNetwork, isOffline, isReachable, networkBack, networkGone } from '../../shared/connectivity/slice';
import { api, tagTypes } from '../api';

const pace = { first: 2000, most: 30_000 };

/** Keeps the store's word on connectivity true, and looks at everything again when the shop is back. */
export function useConnectivityWatch() {
  const dispatch = useDispatch();
  const network = useSelector(hasNetwork);
  const reachable = useSelector(isReachable);
  const offline = useSelector(isOffline);
  const wasOffline = useRef(offline);

  useEffect(() => {
    const gone = () => dispatch(networkGone());
    const back = () => dispatch(networkBack());
    window.addEventListener('offline', gone);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('offline', gone);
      window.removeEventListener('online', back);
    };
  }, [dispatch]);

  useEffect(() => {
    if (!network || reachable) return;
    // The browser has a network again: it may be worth asking at once.
    return probe(wasOffline.current ? 0 : 1, () => dispatch(answered()));
  }, [dispatch, network, reachable]);

  useEffect(() => {
    if (wasOffline.current && !offline) dispatch(api.util.invalidateTags([...tagTypes]));
    wasOffline.current = offline;
  }, [dispatch, offline]);
}

/** Asks until the shop answers anything at all; the result ends the asking. */
function probe(failures: number, onAnswer: () => void) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const ask = async () => {
    try {
      await fetch(`${window.location.origin}/health/live`, { cache: 'no-store', signal: controller.signal });
      if (!controller.signal.aborted) onAnswer();
    } catch {
      // Still away, as the banner says; or nobody wants to know any more.
      failures += 1;
      if (!controller.signal.aborted) later();
    }
  };
  const later = () => {
    timer = setTimeout(() => void ask(), failures === 0 ? 0 : backoff(failures, pace));
  };
  later();
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
