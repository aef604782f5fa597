import { type BottomTab, saveOfExercise, useStore } from '../state/index.ts';
import { Tabs, type Theme } from '../ui/index.ts';
import { Fleet, History, Logs, Terminals, Tests, VerdictPanel } from './panels.tsx';
import type { Session } from './session.ts';

export interface BottomTabsProps {
  readonly session: Session;
  readonly theme: Theme;
}

/** What stands beside the editor: the verdict first, then the tools. */
export function BottomTabs({ session, theme }: BottomTabsProps) {
  const shown = useStore(session.view.store, (state) => state.bottom);
  const slug = useStore(session.course.store, (state) => state.exercise?.slug);
  const check = useStore(session.lab.store, (state) => saveOfExercise(state.lab, slug)?.check);
  const passed = check?.gates.filter((gate) => gate.pass === true).length ?? 0;
  const tabs: readonly { value: BottomTab; label: string; badge?: string }[] = [
    { value: 'verdict', label: 'Verdict', ...(check ? { badge: `${passed}/6` } : {}) },
    { value: 'terminal', label: 'Terminal' },
    { value: 'tests', label: 'Tests' },
    { value: 'logs', label: 'Logs' },
    { value: 'history', label: 'History' },
    { value: 'fleet', label: 'Fleet' },
  ];
  return (
    <Tabs label="Tools" tabs={tabs} value={shown} onChange={session.view.showBottom}>
      {shown === 'verdict' && <VerdictPanel session={session} />}
      {shown === 'terminal' && <Terminals session={session} theme={theme} />}
      {shown === 'tests' && <Tests session={session} />}
      {shown === 'logs' && <Logs session={session} />}
      {shown === 'history' && <History session={session} />}
      {shown === 'fleet' && <Fleet session={session} />}
    </Tabs>
  );
}
