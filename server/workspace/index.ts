/**
 * workspace: the learner's copy of the sources. Lists, reads and writes plain files by clean relative names, keeps both texts
 * when two people save, resets without losing anything, and tells what was changed from outside. It must not know what the
 * files are for: not Go, not exercises.
 *
 *     const workspace = createWorkspace({ dir, installed, keptDir, clock, log });
 *     await workspace.ensure();
 *     const file = await workspace.readFile('search/validate.go');
 *     await workspace.writeFile({ path: file.path, text: fixed, version: file.version });
 *     const unwatch = await workspace.watch((paths) => rebuild(paths));
 */
export { checkCleanName, isCleanName } from './clean-name.ts';
export { type ConfinedFiles, createConfinedFiles } from './confined-files.ts';
export { type Files, overlay } from './read-tree.ts';
export type { ResetAnswer } from './reset-files.ts';
export { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';
