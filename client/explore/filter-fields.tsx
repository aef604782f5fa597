import { useEffect, useState } from 'react';
import type { ExploreQuery, Failure } from '../state/index.ts';

export interface FilterFieldsProps {
  readonly query: ExploreQuery;
  /** Why the lab refused the question, which may be one of these patterns. */
  readonly failure: Failure | null;
  readonly onChange: (patch: Partial<ExploreQuery>) => void;
}

const FIELDS = [
  { name: 'focus', title: 'Focus', says: 'only stacks through a matching function' },
  { name: 'ignore', title: 'Ignore', says: 'no stacks through a matching function' },
  { name: 'hide', title: 'Hide', says: 'matching frames left out, their time stays with the callers' },
] as const;

/** Which stacks count, by function or file, as in `go tool pprof`. */
export function FilterFields({ query, failure, onChange }: FilterFieldsProps) {
  return (
    <div className="filter-fields">
      <p>Patterns in RE2 syntax, on function and file names, as in go tool pprof.</p>
      {FIELDS.map(({ name, title, says }) => (
        <PatternField
          key={name}
          title={title}
          says={says}
          value={query[name] ?? ''}
          problem={failure?.message.startsWith(`The pattern ${name} `) ? failure.message : null}
          onCommit={(text) => onChange({ [name]: text === '' ? null : text })}
        />
      ))}
    </div>
  );
}

interface PatternFieldProps {
  readonly title: string;
  readonly says: string;
  readonly value: string;
  readonly problem: string | null;
  readonly onCommit: (text: string) => void;
}

function PatternField({ title, says, value, problem, onCommit }: PatternFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <label className="pattern-field" data-bad={problem !== null}>
      <span>
        <b>{title}</b> {says}
      </span>
      <input
        className="pattern-input"
        value={typed}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={problem !== null}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => onCommit(typed)}
        onKeyDown={(event) => event.key === 'Enter' && onCommit(typed)}
      />
      {problem !== null && <em role="alert">{problem}</em>}
    </label>
  );
}
