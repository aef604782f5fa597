/**
 * language: what a Go language server knows of the learner's files: the declaration of a name, the errors of a text that isn't
 * saved yet. Speaks the Language Server Protocol 3.17 to a program that it is handed (gopls), which is started when it is
 * first asked and ended when nobody asks any more; without one every answer says so. It must not know where the program comes
 * from, how processes are owned, or who asks.
 *
 *     const language = createLanguage({ root: workspaceDir, clock, log, start: () => startGopls() });
 *     await language.hover({ path: 'search/main.go', text, at: { line: 12, column: 4 } });
 *     await language.close();
 */
export { findGopls } from './find-gopls.ts';
export { createLanguage, type Language } from './language.ts';
export type { LanguageParts, LanguageProgram } from './ports.ts';
