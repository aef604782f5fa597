import type { CompileError } from '../../protocol/index.ts';
import { Icon } from '../ui/index.ts';

export interface ProblemListProps {
  readonly errors: readonly CompileError[];
  readonly onChoose: (file: string, line: number) => void;
}

/** What the compiler said, as it said it; a click goes to the line. */
export function ProblemList({ errors, onChoose }: ProblemListProps) {
  if (errors.length === 0) return null;
  return (
    <section className="problem-list" aria-label="Compile errors">
      <h3>
        <Icon name="alert" />{' '}
        {errors.length === 1 ? 'It does not compile' : `It does not compile: ${errors.length} errors`}
        <span>The last good build keeps running.</span>
      </h3>
      <ul>
        {errors.map((error) => (
          <li key={`${error.file}:${error.line}:${error.column}:${error.message}`}>
            <button type="button" onClick={() => onChoose(error.file, error.line ?? 1)}>
              <code>{placeOf(error)}</code> {error.message}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function placeOf({ file, line, column }: CompileError): string {
  return [file, line, column].filter((part) => part !== null).join(':');
}
