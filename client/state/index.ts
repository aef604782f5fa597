/**
 * state: what the page knows, in small stores without React. A store is a value with listeners; its actions are plain
 * functions beside it. Panels read through `useStore`. It must not know the DOM, panels or URLs: it gets the lab's calls as an
 * interface (a part of connection's `Api`) and time as `Timers`, so that everything here runs in a test without a browser.
 *
 *     const lab = createLabStore();
 *     lab.receive(message);                                     // dropped unless newer
 *     const rate = useStore(lab.store, (state) => state.lab?.load.rate);
 */
export { type Address, type AddressBar, type AddressStore, createAddressStore } from './address-store.ts';
export {
  type ChapterPlace,
  chapterOfPath,
  pathOfChapter,
  placeOfSearch,
  searchOfPlace,
  stepsOf,
} from './chapter-place.ts';
export { type ChaptersState, type ChaptersStore, createChaptersStore } from './chapters-store.ts';
export { type ChoicesState, type ChoicesStore, createChoicesStore } from './choices-store.ts';
export { type CodeHelp, createCodeHelp } from './code-help.ts';
export { type CourseState, type CourseStore, createCourseStore, isPredicting } from './course-store.ts';
export {
  DEFAULT_QUERY,
  EXPLORE_VIEWS,
  type ExploreQuery,
  type ExploreView,
  isTreeView,
  queryFromSearch,
  SPANS,
  type Span,
  searchOfQuery,
} from './explore-query.ts';
export { createExploreStore, type ExploreState, type ExploreStore } from './explore-store.ts';
export { axisOf, isSnapshotKind, liveRange, profileQueryOf } from './explore-windows.ts';
export { type Failure, failureFrom } from './failure.ts';
export {
  type Buffer,
  createFilesStore,
  type FilesState,
  type FilesStore,
  findFileOfProfile,
  isDirty,
} from './files-store.ts';
export { findNextProfile, findProfileNear } from './find-profile.ts';
export { type Comparison, type GraphSource, type GraphSources, graphSources } from './graph-sources.ts';
export { createHistoryStore, type HistoryState, type HistoryStore } from './history-store.ts';
export {
  baselineRunOf,
  createLabStore,
  fleetRunOf,
  instanceOfService,
  isGoMissing,
  type LabStore,
  type LabView,
  saveOfExercise,
} from './lab-store.ts';
export { createLoadStore, type LoadState, type LoadStore, type OneAnswer } from './load-store.ts';
export {
  createMetricsStore,
  type MetricsState,
  type MetricsStore,
  SLIDE_METRICS,
  STRIP_METRICS,
} from './metrics-store.ts';
export { createNotices, type Notice, type Notices } from './notices.ts';
export { createOutputStore, type OutputState, type OutputStore, type Task } from './output-store.ts';
export { PROFILE_VIEWS, type ProfileView, type ProfileViewId, profileView, viewOfKind } from './profile-views.ts';
export { createProfilesStore, type ProfilesState, type ProfilesStore } from './profiles-store.ts';
export { createProgressStore, type ProgressState, type ProgressStore } from './progress-store.ts';
export {
  type Completion,
  completed,
  completionAt,
  type MatcherText,
  matchersOf,
  selectorOf,
  withLabel,
} from './selector-text.ts';
export {
  createSlideGraphsStore,
  exploreSearchOf,
  type GraphWidget,
  keyOfGraph,
  type SlideGraph,
  type SlideGraphsStore,
  viewOfGraph,
} from './slide-graphs-store.ts';
export { createStore, type ReadStore, type Store } from './store.ts';
export type { Stretch } from './stretches.ts';
export { createTargetsStore, type TargetsState, type TargetsStore } from './targets-store.ts';
export {
  createTerminalStore,
  type TerminalSize,
  type TerminalState,
  type TerminalStore,
  type TerminalTab,
} from './terminal-store.ts';
export { createThemeStore, type ThemeStore } from './theme-store.ts';
export { createTimelineStore, type TimelineService, type TimelineState, type TimelineStore } from './timeline-store.ts';
export { browserTimers, type Timers } from './timers.ts';
export { createTracesStore, type TracesState, type TracesStore, type TraceTask } from './traces-store.ts';
export { useStore } from './use-store.ts';
export {
  type BottomTab,
  createViewStore,
  type PhoneTab,
  type ToolTab,
  type ViewState,
  type ViewStore,
} from './view-store.ts';
