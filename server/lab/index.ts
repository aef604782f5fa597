/**
 * lab: what happens behind the page. The fleet as found, the exercise under way with its twin, the path of a save from
 * build to verdict, and the small state that pages see. It ties toolchain, fleet, collector, course and workspace together
 * by the interfaces in `ports.ts`; it must not know HTTP, sockets, SQL or the screen.
 *
 *     const lab = new Lab(parts);
 *     void lab.start();                                   // looks for Go, builds and starts the fleet
 *     await lab.work.open(exercise);
 *     lab.work.saved(['search/validate.go'], { write: 2, format: 9 });
 */
export { type CheckParts, checkCandidate } from './check-candidate.ts';
export { CourseActions } from './course-actions.ts';
export { errorVerdict } from './error-verdict.ts';
export { createInstalledBuilds, type InstalledBuilds } from './installed-builds.ts';
export { filesOfExercise, Lab, type LabParts } from './lab.ts';
export { createLabActions } from './lab-actions.ts';
export type { Files, LabProcesses, LabToolchain, LabWorkspace, LabWorkspaceFiles } from './ports.ts';
export { openSaveHistory } from './save-history.ts';
export { isFleetName, LOAD_PACKAGE, SERVICES } from './services.ts';
export { createTasks } from './tasks.ts';
export type { StartCollecting } from './twin-bench.ts';
