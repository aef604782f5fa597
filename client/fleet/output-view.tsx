import { useLayoutEffect, useRef } from 'react';
import { formatCount } from '../ui/index.ts';

export interface OutputViewProps {
  readonly label: string;
  readonly text: string;
  /** Characters that are no longer shown. */
  readonly cut: number;
}

/** Text of a process: follows its end as long as the reader is there, stays put when they scrolled up. */
export function OutputView({ label, text, cut }: OutputViewProps) {
  const host = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more text is the event
  useLayoutEffect(() => {
    if (atEnd.current && host.current) host.current.scrollTop = host.current.scrollHeight;
  }, [text]);
  return (
    <pre
      className="output"
      ref={host}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={label}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - 8;
      }}
    >
      {cut > 0 && `… ${formatCount(cut)} characters before this are no longer shown\n`}
      {text}
    </pre>
  );
}
