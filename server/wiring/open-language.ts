import { AppError } from '../errors.ts';
import type { CodeActions } from '../http/index.ts';
import { createLanguage, findGopls, type Language, type LanguageProgram } from '../language/index.ts';
import { checkCleanName } from '../workspace/index.ts';
import type { Core } from './core.ts';

/** The language server of the workspace; gopls is looked for anew whenever it is to be started. */
export function openLanguage(root: string, { clock, log, toolchain, supervisor }: Core): Language {
  const start = async (): Promise<LanguageProgram | null> => {
    const gopls = await findGopls(process.env);
    if (gopls === null) return null;
    const served = await toolchain.serveLanguage(gopls).catch(unlessGoIsMissing);
    if (served === null) return null;
    const { command, args, env, limits } = served;
    const program = supervisor.processes.spawn({
      what: 'gopls',
      command,
      args,
      env,
      cwd: root,
      limits,
      onOver(reason) {
        log(`gopls ${reason}`);
        void program.end();
      },
    });
    const { stdin, stdout, stderr } = program.child;
    stderr?.resume();
    if (stdin === null || stdout === null) throw new Error('gopls was started without pipes');
    return { input: stdin, output: stdout, ended: program.ended, end: () => program.end() };
  };
  return createLanguage({ root, clock, log, start });
}

function unlessGoIsMissing(cause: unknown): null {
  if (cause instanceof AppError && cause.code === 'go-missing') return null;
  throw cause;
}

/** The language's room as the routes see it. */
export function codeActions(language: Language): CodeActions {
  return {
    async hover(request) {
      checkGoFile(request.path);
      return language.hover(request);
    },
    async problems(request) {
      checkGoFile(request.path);
      return language.problems(request);
    },
  };
}

function checkGoFile(path: string): void {
  checkCleanName(path);
  if (!path.endsWith('.go')) throw new AppError('bad-path', `${JSON.stringify(path)} is no Go file.`);
}
