import { type BottomTab, saveOfExercise, type ToolTab, useStore } from '../state/index.ts';
import { Tabs, type Theme } from '../ui/index.ts';
import { Fleet, History, Logs, Terminals, Tests, VerdictPanel } from './panels.tsx';
import type { Session } from './session.ts';

export interface BottomTabsProps {
  readonly session: Session;
  readonly theme: Theme;
}

const TOOLS: readonly { value: ToolTab; label: string }[] = [
  { value: 'terminal', label: 'Terminal' },
  { value: 'tests', label: 'Tests' },
  { value: 'logs', label: 'Logs' },
  { value: 'history', label: 'History' },
  { value: 'fleet', label: 'Fleet' },
];

/** What stands beside the editor: the verdict first, then the tools. */
export function BottomTabs({ session, theme }: BottomTabsProps) {
  const shown = useStore(session.view.store, (state) => state.bottom);
  const slug = useStore(session.course.store, (state) => state.exercise?.slug);
  const check = useStore(session.lab.store, (state) => saveOfExercise(state.lab, slug)?.check);
  const passed = check?.gates.filter((gate) => gate.pass === true).length ?? 0;
  const tabs: readonly { value: BottomTab; label: string; badge?: string }[] = [
    { value: 'verdict', label: 'Verdict', ...(check ? { badge: `${passed}/6` } : {}) },
    ...TOOLS,
  ];
  return (
    <Tabs label="Tools" tabs={tabs} value={shown} onChange={session.view.showBottom}>
      {shown === 'verdict' ? (
        <VerdictPanel session={session} />
      ) : (
        <Tool shown={shown} session={session} theme={theme} />
      )}
    </Tabs>
  );
}

/** The tools alone, where the verdict has a place of its own. */
export function ToolTabs({ session, theme }: BottomTabsProps) {
  const shown = useStore(session.view.store, (state) => state.tool);
  return (
    <Tabs label="Tools" tabs={TOOLS} value={shown} onChange={session.view.showBottom}>
      <Tool shown={shown} session={session} theme={theme} />
    </Tabs>
  );
}

function Tool({ shown, session, theme }: BottomTabsProps & { readonly shown: ToolTab }) {
  switch (shown) {
    case 'terminal':
      return <Terminals session={session} theme={theme} />;
    case 'tests':
      return <Tests session={session} />;
    case 'logs':
      return <Logs session={session} />;
    case 'history':
      return <History session={session} />;
    case 'fleet':
      return <Fleet session={session} />;
  }
}
