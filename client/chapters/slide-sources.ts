import type { ReactNode } from 'react';
import type {
  ChaptersStore,
  CourseStore,
  LabStore,
  MetricsStore,
  ProgressStore,
  SlideGraphsStore,
} from '../state/index.ts';
import type { Theme } from '../ui/index.ts';

/** What the slides' widgets show and do. */
export interface SlideSources {
  readonly chapters: ChaptersStore;
  readonly course: CourseStore;
  readonly graphs: SlideGraphsStore;
  readonly lab: LabStore;
  /** Of the instances that slides show: its own, since another page follows others. */
  readonly metrics: MetricsStore;
  readonly progress: ProgressStore;
  readonly theme: Theme;
  readonly onRun: (command: string) => void;
  readonly onExercise: (slug: string) => void;
  /** The way to the same profiles on the Explore page. */
  readonly exploreLink: (search: string) => ReactNode;
}
