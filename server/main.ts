import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createCollector, createOverheads, DEFAULT_COLLECTOR_SETTINGS } from './collector/index.ts';
import { writeLabFile } from './commands/lab-file.ts';
import type { Config } from './config.ts';
import { loadCourse, openProgress } from './course/index.ts';
import { type Credentials, createCredentials, createHttpServer, type LabHttpServer } from './http/index.ts';
import { createLabActions, createTasks, isFleetName, Lab, type LabParts, openSaveHistory } from './lab/index.ts';
import { createSocketHub, type SocketHub } from './socket/index.ts';
import { openStore, type ProfileStore } from './store/index.ts';
import { createTerminals, sweepTerminals } from './terminal/index.ts';
import type { Traces } from './traces/index.ts';
import { announce } from './wiring/announce.ts';
import { type Core, createCore } from './wiring/core.ts';
import { exportFunctions } from './wiring/export-functions.ts';
import { createSourceFinder } from './wiring/find-source.ts';
import { createTextGatherer } from './wiring/gather-text.ts';
import { installationName } from './wiring/installation-name.ts';
import { listen } from './wiring/listen.ts';
import { codeActions, openLanguage } from './wiring/open-language.ts';
import { openLabTraces } from './wiring/open-traces.ts';
import { newestProfileOf, profileFunctions } from './wiring/profile-functions.ts';
import { openRememberedTargets } from './wiring/remembered-targets.ts';
import { rememberedText } from './wiring/remembered-text.ts';
import { ownShell, serviceVariables, shellPath } from './wiring/shell-surroundings.ts';
import { createStartCollecting } from './wiring/start-collecting.ts';
import { createTargetActions } from './wiring/target-actions.ts';
import { traceActions } from './wiring/trace-actions.ts';

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Wires the rooms and opens the door. Resolves when the page can be used; Go is looked for, and the fleet built and
 * started, after that. What was opened is closed in reverse.
 */
export async function startLab(config: Config): Promise<RunningServer> {
  await mkdir(config.data, { recursive: true });
  const opened: (() => Promise<unknown> | unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const dispose of opened.splice(0).reverse()) await dispose();
  };
  try {
    const core = createCore(config);
    const store = await openStore({ dir: join(config.data, 'store'), clock: core.clock, log: core.log });
    opened.push(() => store.close());
    opened.push(() => core.close());
    await core.supervisor.sweep();
    await sweepTerminals(await installationName(config.data), core.clock);
    await core.workspace.ensure();
    const credentials = createCredentials(core.clock);
    const door = await openDoor(config, { core, store, credentials, opened });
    const url = `http://127.0.0.1:${door.port}/open/${credentials.newCode()}`;
    const ready = { url, token: credentials.token, pid: process.pid, port: door.port };
    opened.push(await writeLabFile(config.data, { ...ready, workspace: config.workspace }));
    announce(config, ready);
    door.lab.start().catch((cause) => core.log(`The fleet could not be started: ${String(cause)}`));
    return { url, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

interface Opening {
  readonly core: Core;
  readonly store: ProfileStore;
  readonly credentials: Credentials;
  readonly opened: (() => Promise<unknown> | unknown)[];
}

async function openDoor(config: Config, opening: Opening): Promise<{ port: number; lab: Lab }> {
  const { core, store, credentials, opened } = opening;
  const { clock, log, workspace, toolchain, processes, supervisor } = core;
  const { exercises, chapters, problems } = await loadCourse(join(config.root, 'exercises'));
  for (const problem of problems) log(problem);
  const history = await openSaveHistory(config.data);
  const progress = await openProgress(join(config.data, 'progress.json'), log);
  const line: { hub: SocketHub | null } = { hub: null };
  const later: { traces: Traces | null } = { traces: null };
  const publish: LabParts['publish'] = (event, message) => line.hub?.publish(event, message);
  const lab: Lab = new Lab({
    clock,
    toolchain,
    processes,
    workspace,
    exercises,
    progress,
    history,
    log,
    publish,
    setLoadBinary: processes.setLoadBinary,
    appendMetrics: (points) => store.appendMetrics(points),
    newestProfile: newestProfileOf(store),
    lastExercise: rememberedText(join(config.data, 'exercise')),
    publishState: (state) => line.hub?.publishLab(state),
    startCollecting: createStartCollecting({
      clock,
      parse: (bytes) => core.parser.parse(bytes),
      sink: store,
      collected: (window) => lab.collected(window),
    }),
    createCollector: ({ collected }) =>
      createCollector({
        settings: DEFAULT_COLLECTOR_SETTINGS,
        sink: store,
        parse: (bytes) => core.parser.parse(bytes),
        clock,
        events: {
          collected,
          metrics: (sample) => publish('metrics:collected', { ...sample, values: { ...sample.values } }),
          healthChanged: () => {},
          recorder: (news) => later.traces?.notice(news),
        },
      }),
  });
  opened.push(() => lab.close());
  const traces = await openLabTraces({
    data: config.data,
    clock,
    collector: lab.collector,
    toolchain,
    processes: supervisor.processes,
    store,
    parse: (bytes) => core.parser.parse(bytes),
    log,
  });
  later.traces = traces;
  opened.push(() => traces.close());
  const language = openLanguage(config.workspace, core);
  opened.push(() => language.close());
  const output = createTextGatherer(clock, (task, text) => publish('task:written', { task, text }));
  const tasks = createTasks({
    toolchain,
    workspaceDir: config.workspace,
    written: (task, text) => output.add(task, text),
    ended(task, exit) {
      output.flush(task);
      publish('task:ended', { task, exit });
    },
  });
  opened.push(() => tasks.close());
  const overheads = createOverheads({ collector: lab.collector, clock, keepBusy: (service) => lab.keepBusy(service) });
  opened.push(() => overheads.close());
  const targets = createTargetActions({
    collector: lab.collector,
    overheads,
    configured: config.targets,
    remembered: await openRememberedTargets(join(config.data, 'targets.json'), log),
    isFleetName,
    isOwnAddress: ({ address, port }) => http.answersAt(address, port),
    log,
  });
  const http: LabHttpServer = createHttpServer({
    clock,
    credentials,
    store,
    log: (message, error) =>
      log(error === undefined ? message : `${message} ${error instanceof Error ? error.stack : String(error)}`),
    instance: await installationName(config.data),
    profiles: profileFunctions((bytes) => core.parser.parse(bytes)),
    exports: exportFunctions(config.root),
    lab: createLabActions({ lab, chapters, workspace, toolchain, processes, history, tasks }),
    targets,
    traces: traceActions(traces),
    code: codeActions(language),
    sources: createSourceFinder(toolchain),
    clientFolder: join(config.root, 'dist', 'client'),
    linkHelp: 'The terminal in which the lab runs printed a link; "npx flamelab doctor" prints a fresh one.',
  });
  opened.push(() => http.close());
  line.hub = await openLine(config, { ...opening, http });
  opened.push(supervisor.onChange(() => lab.runsChanged()));
  const logs = createTextGatherer(clock, (run, text, dropped) => publish('log:appended', { run, text, dropped }));
  opened.push(supervisor.onLog(({ run, text, dropped }) => logs.add(run, text, dropped)));
  opened.push(
    await workspace.watch(
      (paths) => lab.changedOutside(paths),
      (paths) => language.noticeFiles(paths),
    ),
  );
  return { port: await listen(http.server, config, log), lab };
}

async function openLine(
  config: Config,
  { core, credentials, opened, http }: Opening & { http: LabHttpServer },
): Promise<SocketHub> {
  const log = (message: string, error: unknown): void => core.log(`${message} ${String(error ?? '')}`);
  const terminals = createTerminals({
    clock: core.clock,
    folder: config.workspace,
    environment: process.env,
    path: shellPath(config.root),
    variables: () => serviceVariables(core.supervisor.views(), (run) => core.supervisor.find(run)?.address() ?? null),
    own: () => ownShell(core.supervisor.processes),
    mark: await installationName(config.data),
    log,
  });
  opened.push(() => terminals.close());
  const hub = createSocketHub(http, { clock: core.clock, credentials, terminals, log });
  opened.push(() => hub.close());
  return hub;
}
