import { createApi, createLabSocket, createPageUpdate, RequestFailed } from '../connection/index.ts';
import {
  browserTimers,
  createAddressStore,
  createChaptersStore,
  createChoicesStore,
  createCodeHelp,
  createCourseStore,
  createExploreStore,
  createFilesStore,
  createHistoryStore,
  createLabStore,
  createLoadStore,
  createMetricsStore,
  createNotices,
  createOutputStore,
  createProfilesStore,
  createProgressStore,
  createSlideGraphsStore,
  createTargetsStore,
  createTerminalStore,
  createThemeStore,
  createTimelineStore,
  createTracesStore,
  createViewStore,
  isDirty,
  SLIDE_METRICS,
} from '../state/index.ts';
import { applyTheme, preferredTheme, THEMES } from '../ui/index.ts';
import { browserAddress } from './browser-address.ts';
import { followLab } from './follow-lab.ts';

export type Session = ReturnType<typeof createSession>;
export type Stores = ReturnType<typeof createStores>;

/** Everything that the page keeps for as long as it is open: the connection, the stores, and what joins them. */
export function createSession() {
  const stores = createStores();
  const stop = connect(stores);
  return { ...stores, dispose: stop };
}

function createStores() {
  const api = createApi();
  const socket = createLabSocket({
    onUnreadable: (event, error) => console.warn(`Dropped ${event}:`, error),
    onOtherProtocol: (protocol) => updatePage(lab, protocol),
  });
  const notices = createNotices();
  const lab = createLabStore();
  const address = createAddressStore(browserAddress);
  const explore = createExploreStore(api, browserTimers, address);
  return {
    address,
    api,
    chapters: createChaptersStore(api, notices, window.sessionStorage),
    choices: createChoicesStore(api),
    code: createCodeHelp(api),
    explore,
    socket,
    notices,
    lab,
    course: createCourseStore(api, notices),
    files: createFilesStore(api, notices),
    history: createHistoryStore(api, notices),
    load: createLoadStore(api, notices),
    metrics: createMetricsStore(api, browserTimers),
    output: createOutputStore(api, notices),
    profiles: createProfilesStore(api, browserTimers),
    progress: createProgressStore(api, notices),
    slideGraphs: createSlideGraphsStore(api, browserTimers),
    slideMetrics: createMetricsStore(api, browserTimers, SLIDE_METRICS),
    targets: createTargetsStore(api, notices, browserTimers),
    terminals: createTerminalStore(socket, () => `t-${crypto.randomUUID().slice(0, 13)}`),
    timeline: createTimelineStore(api, browserTimers, explore),
    traces: createTracesStore(api, notices, browserTimers),
    theme: createThemeStore({
      names: THEMES,
      preferred: preferredTheme(),
      memory: window.localStorage,
      apply: applyTheme,
    }),
    view: createViewStore(),
  };
}

function connect(stores: Stores): () => void {
  const { api, address, explore, timeline, socket, lab, metrics, output, profiles, terminals, notices } = stores;
  const { receive, dispose } = followLab(stores);
  const readLab = async () => {
    try {
      receive(await api.readLab());
    } catch (error) {
      if (error instanceof RequestFailed && error.code === 'other-protocol') updatePage(lab, Number(error.detail));
      else if (error instanceof RequestFailed && error.status === 401) lab.setConnection('refused');
      else notices.problem(error instanceof Error ? error.message : String(error));
    }
  };
  // A websocket that is refused looks like one that is lost: only an answer by HTTP tells why.
  const askWhyLost = () =>
    api.readLab().catch((error: unknown) => {
      if (error instanceof RequestFailed && error.status === 401) lab.setConnection('refused');
    });
  const stops = [
    socket.onStatus((status) => {
      const stillRefused = status === 'lost' && lab.store.get().connection === 'refused';
      if (!stillRefused) lab.setConnection(status);
      if (status === 'live') void readLab();
      if (status !== 'lost') return;
      terminals.startOver();
      void askWhyLost();
    }),
    socket.on('lab:changed', receive),
    socket.on('profile:collected', profiles.noticeWindow),
    socket.on('profile:collected', explore.noticeWindow),
    socket.on('profile:collected', timeline.noticeWindow),
    socket.on('profile:collected', stores.slideGraphs.noticeWindow),
    socket.on('metrics:collected', metrics.notice),
    socket.on('metrics:collected', stores.slideMetrics.notice),
    socket.on('log:appended', output.noticeLog),
    socket.on('task:written', output.noticeTask),
    socket.on('task:ended', output.noticeTaskEnd),
    socket.on('terminal:written', terminals.noticeOutput),
    socket.on('terminal:exited', terminals.noticeExit),
    warnBeforeLeaving(stores.files),
    address.dispose,
    dispose,
  ];
  void stores.course.load();
  void stores.chapters.load();
  return () => {
    for (const stop of stops.reverse()) stop();
    socket.close();
  };
}

/** The browser asks before a page with unsaved text goes away. */
function warnBeforeLeaving(files: Stores['files']): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (Object.values(files.store.get().buffers).some(isDirty)) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}

const pageUpdate = createPageUpdate(() => window.location.reload(), window.sessionStorage);

function updatePage(lab: Stores['lab'], protocol: number): void {
  if (pageUpdate.check(protocol) === 'stuck') lab.setOutdated();
}
