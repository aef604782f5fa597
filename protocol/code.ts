import { z } from 'zod';

/** A place in a text; both count from 1, columns in UTF-16 units, as editors do. */
export const codePosition = z.object({ line: z.number().int().min(1), column: z.number().int().min(1) });
export type CodePosition = z.infer<typeof codePosition>;

/** A Go file of the workspace with the text that the editor shows, saved or not. */
const shownText = z.object({ path: z.string().max(500), text: z.string().max(1_000_000) });
export const hoverRequest = shownText.extend({ at: codePosition });
export type HoverRequest = z.infer<typeof hoverRequest>;
export const problemsRequest = shownText;
export type ProblemsRequest = z.infer<typeof problemsRequest>;

/** What is known of the name at a place: its declaration, then its documentation, as plain text. */
export const codeHover = z.object({
  declaration: z.string(),
  documentation: z.string(),
  from: codePosition,
  to: codePosition,
});
export type CodeHover = z.infer<typeof codeHover>;

/** Something wrong with a text, from `from` to before `to`; `source` is who says so, e.g. compiler. */
export const codeProblem = z.object({
  from: codePosition,
  to: codePosition,
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  source: z.string(),
});
export type CodeProblem = z.infer<typeof codeProblem>;

/** `available: false`: no language server is installed, or it can't run. `null`: nothing is known, now. */
export const hoverAnswer = z.object({ available: z.boolean(), hover: codeHover.nullable() });
export type HoverAnswer = z.infer<typeof hoverAnswer>;
export const problemsAnswer = z.object({ available: z.boolean(), problems: z.array(codeProblem).nullable() });
export type ProblemsAnswer = z.infer<typeof problemsAnswer>;
