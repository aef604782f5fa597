import { useStore } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { PageLink } from './page-link.tsx';
import { PAGES, pageOf } from './pages.ts';
import type { Session } from './session.ts';
import './page-nav.css';

/** From page to page; Explore is found as it was left. On a phone the exercises' menu leads to Progress. */
export function PageNav({ session, narrow }: { readonly session: Session; readonly narrow: boolean }) {
  const { path } = useStore(session.address.store, (address) => address);
  const here = pageOf(path);
  return (
    <nav className="page-nav" aria-label="Pages">
      {PAGES.filter(({ path }) => !narrow || path !== '/progress').map((page) => (
        <PageLink
          key={page.path}
          address={session.address}
          to={page.path}
          search={page.path === '/explore' ? session.explore.search() : ''}
          current={page === here}
          title={page.title}
        >
          <Icon name={page.icon} />
          <span className={narrow ? 'visually-hidden' : undefined}>{page.title}</span>
        </PageLink>
      ))}
    </nav>
  );
}
