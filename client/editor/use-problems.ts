import { useEffect, useState } from 'react';
import type { CodeProblem } from '../../protocol/index.ts';
import type { CodeHelp } from '../state/index.ts';

/** A text that is being typed is asked about when it rests. */
const REST_MILLIS = 400;

/** What is wrong with a text as it is now; null while that isn't known. Marks of the text before stay where they are meanwhile. */
export function useProblems(help: CodeHelp, path: string, text: string): readonly CodeProblem[] | null {
  const [known, setKnown] = useState<{ path: string; problems: readonly CodeProblem[] | null } | null>(null);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(async () => {
      const problems = await help.problems(path, text);
      if (!isOld) setKnown({ path, problems });
    }, REST_MILLIS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [help, path, text]);
  return known?.path === path ? known.problems : null;
}
