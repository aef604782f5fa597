import { matchersOf, selectorOf } from '../state/index.ts';
import { Icon } from '../ui/index.ts';

/** What a selector says, part by part, each with a way to take it out. */
export function MatcherChips({ match, onChange }: { match: string; onChange: (match: string) => void }) {
  const matchers = matchersOf(match);
  if (matchers === null || matchers.length === 0) return null;
  return (
    <ul className="matcher-chips" aria-label="Labels">
      {matchers.map((matcher) => (
        <li key={matcher.start}>
          <span className="matcher-text">
            {matcher.label} {matcher.op} <b>{matcher.value === '' ? '""' : matcher.value}</b>
          </span>
          <button
            type="button"
            aria-label={`Take out ${matcher.label}`}
            onClick={() => onChange(selectorOf(matchers.filter((other) => other !== matcher)))}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
