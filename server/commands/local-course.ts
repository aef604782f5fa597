import { join } from 'node:path';
import type { Verdict } from '../../protocol/index.ts';
import type { Config } from '../config.ts';
import { loadCourse, loadOverlay, openProgress } from '../course/index.ts';
import { CourseActions, checkCandidate, createInstalledBuilds, filesOfExercise, LOAD_PACKAGE } from '../lab/index.ts';
import type { Profile } from '../profile/profile.ts';
import type { Core } from '../wiring/core.ts';
import { createCore } from '../wiring/core.ts';
import { createStartCollecting } from '../wiring/start-collecting.ts';

export interface LocalCourse {
  readonly actions: CourseActions;
  readonly toolchain: Core['toolchain'];
  readonly workspace: Core['workspace'];
  check(request: Parameters<typeof checkCandidate>[0]): Promise<Verdict>;
}

/** Hears each profile with samples that a check collects. */
export type ProfileListener = (instance: string, kind: string, profile: Profile) => void;

/** Course, workspace and judge without a server, for one command. Nothing that it starts outlives `task`. */
export async function withLocalCourse<T>(
  config: Config,
  task: (course: LocalCourse) => Promise<T>,
  profiled?: ProfileListener,
): Promise<T> {
  const { course, close } = await openLocalCourse(config, profiled);
  try {
    return await task(course);
  } finally {
    await close();
  }
}

export interface OpenLocalCourse {
  readonly course: LocalCourse;
  close(): Promise<void>;
}

/** As `withLocalCourse`, for callers that end it themselves. */
export async function openLocalCourse(config: Config, profiled: ProfileListener = () => {}): Promise<OpenLocalCourse> {
  const core = createCore(config);
  try {
    await core.workspace.ensure();
    return { course: await createLocalCourse(config, core, profiled), close: () => core.close() };
  } catch (cause) {
    await core.close();
    throw cause;
  }
}

async function createLocalCourse(config: Config, core: Core, profiled: ProfileListener): Promise<LocalCourse> {
  const { toolchain, workspace, processes, clock, parser } = core;
  const { exercises, problems } = await loadCourse(join(config.root, 'exercises'));
  for (const problem of problems) core.log(problem);
  const installedFiles = () => workspace.installedFiles();
  const builds = createInstalledBuilds(toolchain, installedFiles);
  const newest = new Map<string, Profile>();
  const startCollecting = createStartCollecting({
    clock,
    parse: (bytes) => parser.parse(bytes),
    sink: {
      async append({ kind, labels, profile }) {
        if (profile.samples.count === 0) return;
        newest.set(`${labels.instance} ${kind}`, profile);
        profiled(labels.instance ?? '', kind, profile);
      },
      appendMetrics: async () => {},
    },
    collected: () => {},
  });
  const readyLoad = async () => processes.setLoadBinary((await builds.get(LOAD_PACKAGE)).binary);
  const parts = { toolchain, processes, builds, clock, startCollecting, installedFiles, readyLoad };
  const actions = new CourseActions({
    clock,
    exercises,
    progress: await openProgress(join(config.data, 'progress.json'), core.log),
    newestProfile: (exercise, side) => async (kind) => newest.get(`${exercise.slug}-${side} ${kind}`) ?? null,
    installedFiles,
    resetFiles: async (exercise) => {
      const start = new Map([...(await installedFiles()), ...(await loadOverlay(exercise, 'start'))]);
      return (await workspace.reset(filesOfExercise(exercise, start))).keptAs;
    },
  });
  return { actions, toolchain, workspace, check: (request) => checkCandidate(request, parts) };
}
