import type { VerdictName } from '../../protocol/index.ts';
import { Icon } from '../ui/index.ts';
import { VERDICT_WORDS } from './verdict-words.ts';
import './verdict.css';

/** A verdict in two words, e.g. in the history. */
export function VerdictMark({ verdict }: { readonly verdict: VerdictName }) {
  const words = VERDICT_WORDS[verdict];
  return (
    <span className="verdict-mark" data-tone={words.tone}>
      <Icon name={words.icon} /> {words.title}
    </span>
  );
}
