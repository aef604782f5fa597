import { useStore } from '../state/index.ts';
import { TargetsScreen } from '../targets/index.ts';
import { TracesScreen } from '../traces/index.ts';
import type { Session } from './session.ts';
import { TargetTabs } from './target-tabs.tsx';

/** Targets, or their traces, with the session's stores plugged in. */
export function TargetsPage({ session }: { readonly session: Session }) {
  const { path } = useStore(session.address.store, (now) => now);
  const tabs = <TargetTabs session={session} />;
  if (path !== '/targets/traces') return <TargetsScreen targets={session.targets} tabs={tabs} />;
  const show = (link: string) => {
    const { pathname, search } = new URL(link, window.location.origin);
    session.address.go(pathname, search);
  };
  return <TracesScreen traces={session.traces} tabs={tabs} onShow={show} />;
}
