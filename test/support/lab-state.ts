import type { LabState, SaveView } from '../../protocol/index.ts';

/** A small state of a healthy lab with one service; a test overrides what it is about. */
export function labStateWith(patch: Partial<LabState> = {}): LabState {
  return {
    protocol: 1,
    revision: 1,
    server: 'server-a',
    go: { ok: true, version: 'go1.26.8', message: null },
    fleet: { paused: false, note: null, progress: null, runs: [] },
    load: { rate: 200, paused: false },
    exercise: 'read-a-flame',
    save: null,
    judging: null,
    files: {},
    ...patch,
  };
}

export function saveWith(patch: Partial<SaveView> = {}): SaveView {
  return {
    id: 's1',
    atMillis: 1_000,
    exercise: 'read-a-flame',
    service: 'search',
    files: ['search/validate.go'],
    version: 'v1',
    stages: [],
    compileErrors: [],
    error: null,
    twin: null,
    check: null,
    ...patch,
  };
}

/** A save that ran: its twin's instances are `base-ID` and `cand-ID`. */
export function saveWithTwin(id: string, atMillis: number): SaveView {
  return saveWith({
    id,
    atMillis,
    twin: {
      id: `t-${id}`,
      service: 'search',
      baseline: { instance: `base-${id}`, version: 'v0' },
      candidate: { instance: `cand-${id}`, version: 'v1' },
      startedMillis: atMillis + 500,
    },
  });
}
