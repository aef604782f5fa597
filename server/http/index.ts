/**
 * http: the lab's door for pages, scripts and `go tool pprof`. A request passes the gate first (host, origin, credentials, type
 * of body; HAZARDS.md section 4), then is parsed, handed to a room by the interfaces in this folder, and answered. It must not
 * know how anything is stored, built or run, and no route decides for itself who may call it: protocol/routes.ts does.
 *
 *     const credentials = createCredentials(systemClock);
 *     const http = createHttpServer({ credentials, store, profiles, lab, targets, … });
 *     http.server.listen(4400, '127.0.0.1');
 *     console.log(`http://127.0.0.1:4400/open/${credentials.newCode()}`);
 */
export type { ErrorLog } from './answer-from-error.ts';
export { type Credentials, createCredentials } from './credentials.ts';
export { exportBundle } from './export-bundle.ts';
export type { ExportFunctions } from './export-functions.ts';
export { type ExportOptions, exportGraphPage } from './export-routes.ts';
export type { Caller, Gate } from './gate.ts';
export { createHttpServer, type HttpServerOptions, type LabHttpServer, type UpgradeHandler } from './http-server.ts';
export { type Imported, importBundle } from './import-bundle.ts';
export type { CodeActions, LabActions, TargetActions, TraceActions } from './lab-actions.ts';
export type { ProfileFunctions } from './profile-functions.ts';
export { exportPprof } from './query-routes.ts';
export { redactKeys } from './redact-keys.ts';
export type { SourceFinder } from './source-route.ts';
