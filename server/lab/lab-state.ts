import { type LabState, PROTOCOL_VERSION } from '../../protocol/index.ts';

export interface LabStateHolder {
  get(): LabState;
  /** Replaces some fields, counts the revision up and publishes. */
  change(fields: Partial<Omit<LabState, 'revision' | 'protocol' | 'server'>>): void;
}

/** The one copy of the small state that pages see. */
export function createLabState(server: string, publish: (state: LabState) => void): LabStateHolder {
  let state: LabState = {
    protocol: PROTOCOL_VERSION,
    revision: 1,
    server,
    go: { ok: false, version: null, message: 'Looking for Go …' },
    fleet: { paused: false, note: null, progress: null, runs: [] },
    load: { rate: 0, paused: false },
    exercise: null,
    save: null,
    judging: null,
    files: {},
  };
  return {
    get: () => state,
    change(fields) {
      state = { ...state, ...fields, revision: state.revision + 1 };
      publish(state);
    },
  };
}
