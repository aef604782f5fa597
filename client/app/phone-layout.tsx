import { type PhoneTab, useStore } from '../state/index.ts';
import { Icon, type IconName } from '../ui/index.ts';
import { ToolTabs } from './bottom-tabs.tsx';
import type { LayoutProps } from './desktop-layout.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { Code, Lesson, VerdictPanel } from './panels.tsx';

const TABS: readonly { value: PhoneTab; label: string; icon: IconName }[] = [
  { value: 'lesson', label: 'Lesson', icon: 'hint' },
  { value: 'code', label: 'Code', icon: 'table' },
  { value: 'graph', label: 'Graph', icon: 'flame' },
  { value: 'verdict', label: 'Verdict', icon: 'scale' },
  { value: 'more', label: 'More', icon: 'layers' },
];

/** One panel at a time, with a bar at the thumb. */
export function PhoneLayout({ session, theme }: LayoutProps) {
  const shown = useStore(session.view.store, (state) => state.phone);
  return (
    <div className="phone">
      <div className="phone-panel">
        {shown === 'lesson' && <Lesson session={session} />}
        {shown === 'code' && <Code session={session} />}
        {shown === 'graph' && <GraphPanel session={session} theme={theme} />}
        {shown === 'verdict' && <VerdictPanel session={session} />}
        {shown === 'more' && <ToolTabs session={session} theme={theme} />}
      </div>
      <nav className="phone-bar" aria-label="Panels">
        {TABS.map((tab) => (
          <button
            key={tab.value}
            type="button"
            aria-current={tab.value === shown ? 'page' : undefined}
            onClick={() => session.view.showPhone(tab.value)}
          >
            <Icon name={tab.icon} size="1.35em" />
            {tab.label}
          </button>
        ))}
      </nav>
    </div>
  );
}
