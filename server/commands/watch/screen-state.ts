import type { FlameGraph, Gate, TopTable, Verdict } from '../../../protocol/index.ts';

export interface ScreenState {
  readonly exercise: string;
  readonly run: {
    /** What is going on, in words. */
    readonly phase: string;
    /** Unix milliseconds. */
    readonly startedMillis: number;
    /** null while it runs. */
    readonly endedMillis: number | null;
  };
  readonly gates: readonly Gate[];
  readonly verdict: Verdict | null;
  /** What went wrong instead of a verdict; empty when nothing did. */
  readonly problem: string;
  readonly view: PaneView;
  /** The profile of `view.kind`. */
  readonly profile: ProfileView | null;
  /** What a key asked for: hints, the list of exercises, what a reset did. */
  readonly text: { readonly title: string; readonly body: string };
}

export interface ProfileView {
  readonly flame: FlameGraph;
  readonly top: TopTable;
}

/** What the lower pane shows. */
export interface PaneView {
  readonly shows: 'flame' | 'top' | 'text';
  readonly kind: string;
  /** Lines above the first one that is seen. */
  readonly scroll: number;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Drawn<Line> {
  readonly lines: readonly Line[];
  readonly pane: PaneSize;
}

/** Lines that there are, and how many of them are seen at a time. */
export interface PaneSize {
  readonly length: number;
  readonly height: number;
}
