import { useEffect, useRef, useState } from 'react';

export interface Reading<T> {
  /** The newest answer about this subject; stays while the next one is on its way. */
  readonly value: T | null;
  /** Why there is no newer one, in the lab's words. */
  readonly problem: { readonly code: string; readonly message: string } | null;
  readonly busy: boolean;
}

const NOTHING = { value: null, problem: null, busy: true };

/**
 * Reads again whenever `subject` or `occasion` changes; an answer that was overtaken is dropped. Another subject starts from
 * nothing, another occasion (a time window, a revision) keeps what is shown until the new answer is there.
 */
export function useReading<T>(
  read: (signal: AbortSignal) => Promise<T>,
  { subject, occasion }: { readonly subject: unknown; readonly occasion: unknown },
): Reading<T> {
  const about = JSON.stringify(subject);
  const when = JSON.stringify(occasion);
  const [state, setState] = useState<Reading<T> & { readonly about: string }>({ ...NOTHING, about });
  const latest = useRef(read);
  latest.current = read;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` is what asks for another reading
  useEffect(() => {
    const abort = new AbortController();
    setState((now) => ({ ...(now.about === about ? { ...now, busy: true } : NOTHING), about }));
    latest.current(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ value, problem: null, busy: false, about });
      },
      (cause) => {
        if (!abort.signal.aborted) setState({ value: null, problem: problemOf(cause), busy: false, about });
      },
    );
    return () => abort.abort();
  }, [about, when]);

  return state.about === about ? state : NOTHING;
}

function problemOf(cause: unknown): { code: string; message: string } {
  if (!(cause instanceof Error)) return { code: 'unknown', message: String(cause) };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
  return { code, message: cause.message };
}
