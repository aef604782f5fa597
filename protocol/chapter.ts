import { z } from 'zod';
import { profileKind } from './profile.ts';

/**
 * Slides of a chapter: the content format of `exercises/CHAPTER/slides.md`, and what the page gets of it. In the file a
 * widget is a fenced block whose info string names it, with YAML inside; unknown keys are errors. All text is Markdown
 * without raw HTML.
 */

/** Front matter of `slides.md`. */
export const chapterFile = z.strictObject({
  title: z.string().min(1).max(60),
  /** One sentence, for the list of chapters. */
  summary: z.string().min(20).max(300),
});
export type ChapterFile = z.infer<typeof chapterFile>;

/** What a metric strip may show, by the names of `/api/metrics`. */
export const METRIC_NAMES = [
  'requests_per_second',
  'latency_p99_seconds',
  'heap_live_bytes',
  'goroutines',
  'gc_cpu_share',
  'cpu_cores',
  'service_time_p99_seconds',
] as const;

const service = z.string().regex(/^[a-z]+$/, 'the name of a service');

const flameGraphFields = {
  service,
  kind: profileKind,
  /** Sample type of the kind, e.g. alloc_space; absent: what the lab's own switch shows for the kind. */
  type: z.string().min(1).optional(),
  /** Whole name of a function, e.g. `main.(*service).handleSearch`: only stacks through it. */
  focus: z.string().min(1).max(200).optional(),
  /** Plain text: frames whose names contain it are marked. */
  search: z.string().min(1).max(200).optional(),
  /** Height of the picture in rem: 16 pixels each, more in the projector's theme. */
  height: z.number().min(8).max(40).default(22),
  /** false: widths and names alone, where an exercise will ask for the numbers. */
  numbers: z.boolean().default(true),
};
/** The slug of an exercise: its newest verdict's difference. */
const differenceFields = { exercise: z.string().regex(/^[a-z0-9-]+$/, 'the slug of an exercise') };
/** `metrics` absent: the strip beside the lab's own graph. */
const metricFields = { service, metrics: z.array(z.enum(METRIC_NAMES)).min(1).optional() };
/** One or more lines for a shell in the workspace, which knows each service's address: `$SEARCH`, `$PAYMENTS`, … */
const runFields = { command: z.string().min(1).max(1_000) };
const quizFields = {
  question: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(6),
  /** Index of the right option, from 0. */
  right: z.number().int().min(0),
  explain: z.string().min(1),
};

/** Info string of a fenced block → what its YAML may hold. */
export const widgetFields = {
  'flame-graph': z.strictObject(flameGraphFields),
  difference: z.strictObject(differenceFields),
  metric: z.strictObject(metricFields),
  run: z.strictObject(runFields),
  quiz: z
    .strictObject(quizFields)
    .refine(({ right, options }) => right < options.length, { path: ['right'], message: 'the index of an option' }),
} as const;
export type WidgetName = keyof typeof widgetFields;

export const slideWidget = z.discriminatedUnion('widget', [
  z.object({ widget: z.literal('flame-graph'), ...flameGraphFields }),
  z.object({ widget: z.literal('difference'), ...differenceFields }),
  z.object({ widget: z.literal('metric'), ...metricFields }),
  z.object({ widget: z.literal('run'), ...runFields }),
  z.object({ widget: z.literal('quiz'), ...quizFields }),
]);
export type SlideWidget = z.infer<typeof slideWidget>;

/** `notes`: for who presents; Markdown like `text`. The text stands before the widgets, or beside them. */
export const slide = z.object({
  title: z.string(),
  text: z.string(),
  widgets: z.array(slideWidget),
  notes: z.string().nullable(),
});
export type Slide = z.infer<typeof slide>;

/** `exercises`: slugs, in their order. */
export const chapterSummary = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  exercises: z.array(z.string()),
  slides: z.number(),
});
export type ChapterSummary = z.infer<typeof chapterSummary>;

export const chapterView = chapterSummary.extend({ slides: z.array(slide) });
export type ChapterView = z.infer<typeof chapterView>;
