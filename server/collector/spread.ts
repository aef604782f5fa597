/**
 * Where in its interval a target's first scrape of a kind falls, so that a fleet isn't scraped at one instant:
 * FNV-1a of the name, modulo the interval, as Prometheus and Parca spread their targets.
 */
export function spreadMillis(name: string, intervalMillis: number): number {
  if (intervalMillis <= 0) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash ^= name.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % intervalMillis;
}
