export type Destination = { inside: true; path: string } | { inside: false; url: string };

/** Where an address that a service gave us leads: to a page of this app, or to another site. Only web addresses lead anywhere. */
export function destinationOf(url: string, origin = window.location.origin): Destination | undefined {
  if (!URL.canParse(url, origin)) return undefined;
  const target = new URL(url, origin);
  if (target.origin === origin) return { inside: true, path: target.pathname + target.search + target.hash };
  return target.protocol === 'https:' || target.protocol === 'http:' ? { inside: false, url: target.href } : undefined;
}
