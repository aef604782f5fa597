import { useEffect, useRef, useState } from 'react';

/** The newest value, but at most one change per `millis`: what arrives in between is replaced by what came last. */
export function useCoalesced<T>(value: T, millis: number): T {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (Object.is(value, shown)) return;
    const wait = Math.max(0, changedAt.current + millis - performance.now());
    const timer = window.setTimeout(() => {
      changedAt.current = performance.now();
      setShown(value);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [value, shown, millis]);
  return shown;
}
