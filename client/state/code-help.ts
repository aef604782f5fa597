import type { CodeHover, CodePosition, CodeProblem } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';

/** What a language server knows of a text; null where there is none, or it has no answer. Never rejects: code is written without it, too. */
export interface CodeHelp {
  hover(path: string, text: string, at: CodePosition): Promise<CodeHover | null>;
  problems(path: string, text: string): Promise<readonly CodeProblem[] | null>;
}

/** Asks no more once the lab has said that there is none. */
export function createCodeHelp(api: Pick<Api, 'hover' | 'readProblems'>): CodeHelp {
  let isAbsent = false;
  const ask = async <A extends { readonly available: boolean }>(question: () => Promise<A>): Promise<A | null> => {
    if (isAbsent) return null;
    const answer = await question().catch(() => null);
    if (answer?.available === false) isAbsent = true;
    return answer;
  };
  const isGo = (path: string): boolean => path.endsWith('.go');
  return {
    async hover(path, text, at) {
      if (!isGo(path)) return null;
      return (await ask(() => api.hover({ path, text, at })))?.hover ?? null;
    },
    async problems(path, text) {
      if (!isGo(path)) return null;
      const answer = await ask(() => api.readProblems({ path, text }));
      return answer?.available ? answer.problems : null;
    },
  };
}
