import { useStore } from '../state/index.ts';
import { PageLink } from './page-link.tsx';
import type { Session } from './session.ts';
import './target-tabs.css';

/** What is profiled, and the execution traces of it: two screens of one page. */
export function TargetTabs({ session: { address } }: { readonly session: Session }) {
  const { path } = useStore(address.store, (now) => now);
  const traces = path === '/targets/traces';
  return (
    <nav className="target-tabs" aria-label="Of targets">
      <PageLink address={address} to="/targets" current={!traces}>
        Profiles
      </PageLink>
      <PageLink address={address} to="/targets/traces" current={traces}>
        Execution traces
      </PageLink>
    </nav>
  );
}
