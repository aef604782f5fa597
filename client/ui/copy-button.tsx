import { useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export interface CopyButtonProps {
  /** The text, or what makes it (e.g. by asking the server); a failure or `undefined` copies nothing. */
  readonly text: string | (() => Promise<string | undefined>);
  readonly label: string;
  readonly look?: 'plain' | 'quiet';
  readonly title?: string;
}

/** Says what became of it for as long as the pointer or the focus stays. */
export function CopyButton({ text, label, look = 'quiet', title }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | 'busy' | null>(null);
  const copy = async () => {
    setOutcome('busy');
    try {
      const value = typeof text === 'string' ? text : await text();
      if (value === undefined) return setOutcome(null);
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const reset = () => setOutcome((now) => (now === 'busy' ? now : null));
  const said = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Copying was refused' : label;
  return (
    <Button
      look={look}
      title={title}
      busy={outcome === 'busy'}
      icon={<Icon name={outcome === 'copied' ? 'check' : outcome === 'failed' ? 'alert' : 'copy'} />}
      onClick={() => void copy()}
      onBlur={reset}
      onPointerLeave={reset}
    >
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
