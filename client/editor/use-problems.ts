import { useEffect, useState } from 'react';
import type { CodeProblem } from '../../protocol/index.ts';
import type { CodeHelp } from '../state/index.ts';

/** A text that is being typed is asked about when it rests. */
const REST_MILLIS = 400;

/**
 * What is wrong with a text as it is now; null while that isn't known. Marks of the text before stay where they are meanwhile.
 * `written` changes with what is on disk: another file may have brought what was missing.
 */
export function useProblems(
  help: CodeHelp,
  { path, text, written }: { readonly path: string; readonly text: string; readonly written: string },
): readonly CodeProblem[] | null {
  const [known, setKnown] = useState<{ path: string; problems: readonly CodeProblem[] | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `written` is why the same text is asked about again
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(async () => {
      const problems = await help.problems(path, text);
      // What isn't known now was known a moment ago: marks stay.
      if (!isOld) setKnown((before) => (problems === null && before?.path === path ? before : { path, problems }));
    }, REST_MILLIS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [help, path, text, written]);
  return known?.path === path ? known.problems : null;
}
