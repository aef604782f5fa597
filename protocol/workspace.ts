import { z } from 'zod';

/** A file of the workspace by clean relative name, with `/` on every OS. `version` changes with every write (content hash). */
export const workspaceFile = z.object({ path: z.string(), version: z.string(), bytes: z.number() });
export type WorkspaceFile = z.infer<typeof workspaceFile>;

export const workspaceText = z.object({ path: z.string(), version: z.string(), text: z.string() });
export type WorkspaceText = z.infer<typeof workspaceText>;

/** `version`: the one that the editor started from; null creates a file that must not exist yet. */
export const saveRequest = z.object({
  path: z.string().max(500),
  text: z.string().max(1_000_000),
  version: z.string().nullable(),
});
export type SaveRequest = z.infer<typeof saveRequest>;

/** 200: the text as written (gofmt'd when it parses). A 409 `version-conflict` carries `detail: conflict`; both texts are kept. */
export const saveAnswer = z.object({ path: z.string(), version: z.string(), text: z.string(), formatted: z.boolean() });
export type SaveAnswer = z.infer<typeof saveAnswer>;

/** `keptAs`: where the refused text was put aside in the workspace. */
export const saveConflict = z.object({ path: z.string(), version: z.string(), text: z.string(), keptAs: z.string() });
export type SaveConflict = z.infer<typeof saveConflict>;

/** A compile error as data; `line`, `column` count from 1, null where the compiler names none. */
export const compileError = z.object({
  file: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  message: z.string(),
});
export type CompileError = z.infer<typeof compileError>;
