import { useEffect } from 'react';

/** The browser tab's title for a page. */
export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · Argosy` : 'Argosy';
  }, [title]);
}
