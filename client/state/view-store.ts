import { createStore, type ReadStore } from './store.ts';

export type BottomTab = 'verdict' | 'terminal' | 'tests' | 'logs' | 'history' | 'fleet';
export type ToolTab = Exclude<BottomTab, 'verdict'>;
export type PhoneTab = 'lesson' | 'code' | 'graph' | 'verdict' | 'more';
export type ViewState = {
  bottom: BottomTab;
  /** On a narrow screen one panel fills it; `more` has the tools. */
  phone: PhoneTab;
  /** The tool that was last in front: on a narrow screen the verdict has a place of its own beside it. */
  tool: ToolTab;
  /** A line to show in the editor, e.g. of a clicked frame or a compile error; `asked` grows so that asking twice works. */
  line: { path: string; line: number; asked: number } | null;
};

export type ViewStore = {
  store: ReadStore<ViewState>;
  /** On a narrow screen it comes to the front there, too. */
  showBottom(bottom: BottomTab): void;
  /** Brings it to the front beside the editor, unless the user is at work in what is in front; a narrow screen stays. */
  offerBottom(bottom: BottomTab): void;
  /** The user is at work in what is in front, e.g. types into a terminal; until it is called with false. */
  holdBottom(held: boolean): void;
  showPhone(phone: PhoneTab): void;
  /** Brings the line into the editor; on a narrow screen the editor comes to the front only when asked `toFront`. */
  showLine(path: string, line: number, toFront?: 'to-front'): void;
};

/** What is in front; nothing of it leaves the page. */
export function createViewStore(): ViewStore {
  const store = createStore<ViewState>({ bottom: 'verdict', phone: 'lesson', tool: 'terminal', line: null });
  let held = false;
  return {
    store,
    showBottom(bottom) {
      if (bottom === 'verdict') store.patch({ bottom, phone: 'verdict' });
      else store.patch({ bottom, phone: 'more', tool: bottom });
    },
    offerBottom(bottom) {
      if (!held) store.patch({ bottom });
    },
    holdBottom(now) {
      held = now;
    },
    showPhone: (phone) => store.patch({ phone }),
    showLine(path, line, toFront) {
      const asked = (store.get().line?.asked ?? 0) + 1;
      store.patch({ line: { path, line, asked }, ...(toFront ? { phone: 'code' } : {}) });
    },
  };
}
