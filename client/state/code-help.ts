import type { CodeHover, CodePosition, CodeProblem } from '../../protocol/index.ts';
import type { Api } from '../connection/index.ts';

/** What a language server knows of a text; null where there is none, or it has no answer. Never rejects: code is written without it, too. */
export interface CodeHelp {
  hover(path: string, text: string, at: CodePosition): Promise<CodeHover | null>;
  problems(path: string, text: string): Promise<readonly CodeProblem[] | null>;
}

/** It may be installed meanwhile. */
const ASK_AGAIN_MILLIS = 60_000;

/** Once the lab has said that there is none, asks again only now and then. */
export function createCodeHelp(api: Pick<Api, 'hover' | 'readProblems'>, now: () => number = Date.now): CodeHelp {
  let absentSince: number | null = null;
  const ask = async <A extends { readonly available: boolean }>(question: () => Promise<A>): Promise<A | null> => {
    if (absentSince !== null && now() - absentSince < ASK_AGAIN_MILLIS) return null;
    const answer = await question().catch(() => null);
    absentSince = answer?.available === false ? now() : null;
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
