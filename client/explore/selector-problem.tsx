import { z } from 'zod';
import type { Failure } from '../state/index.ts';

const position = z.object({ position: z.number(), expected: z.string() });

/** What the lab has against a selector, with a mark under the place. */
export function SelectorProblem({ id, text, failure }: { id: string; text: string; failure: Failure }) {
  const where = position.safeParse(failure.detail).data;
  return (
    <div className="selector-problem" id={id} role="alert">
      {where && (
        <pre aria-hidden="true">
          {text}
          {'\n'}
          {' '.repeat(Math.min(where.position, text.length))}^
        </pre>
      )}
      <p>{failure.message}</p>
    </div>
  );
}
