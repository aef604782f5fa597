import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import type { Theme } from '../ui/index.ts';
import { BottomTabs } from './bottom-tabs.tsx';
import { GraphPanel } from './graph-panel.tsx';
import { Code, Lesson } from './panels.tsx';
import type { Session } from './session.ts';

export interface LayoutProps {
  readonly session: Session;
  readonly theme: Theme;
}

/**
 *     lesson │ flame graph
 *            │──────────────────────
 *            │ code │ verdict, tools
 *
 * Every separator moves with the arrow keys too; sizes are remembered.
 */
export function DesktopLayout({ session, theme }: LayoutProps) {
  const columns = useDefaultLayout({ id: 'flamelab.columns', storage: window.localStorage });
  const rows = useDefaultLayout({ id: 'flamelab.rows', storage: window.localStorage });
  const bottom = useDefaultLayout({ id: 'flamelab.bottom', storage: window.localStorage });
  return (
    <Group id="columns" orientation="horizontal" {...columns} className="panes">
      <Panel id="lesson" defaultSize="29%" minSize={240} collapsible className="pane">
        <Lesson session={session} />
      </Panel>
      <Separator className="separator" aria-label="Width of the lesson" />
      <Panel id="work" minSize={420}>
        <Group id="rows" orientation="vertical" {...rows}>
          <Panel id="graph" defaultSize="57%" minSize={180} className="pane">
            <GraphPanel session={session} theme={theme} />
          </Panel>
          <Separator className="separator" aria-label="Height of the flame graph" />
          <Panel id="bottom" minSize={160}>
            <Group id="bottom-panes" orientation="horizontal" {...bottom}>
              <Panel id="code" defaultSize="54%" minSize={260} className="pane">
                <Code session={session} />
              </Panel>
              <Separator className="separator" aria-label="Width of the code" />
              <Panel id="tools" minSize={260} className="pane">
                <BottomTabs session={session} theme={theme} />
              </Panel>
            </Group>
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}
