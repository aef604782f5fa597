import { useStore } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { PageLink } from './page-link.tsx';
import { PAGES, type PagePath, pageOf } from './pages.ts';
import type { Session } from './session.ts';
import './page-nav.css';

const IN_MENU: readonly PagePath[] = ['/chapters', '/progress'];

/** From page to page; Explore is found as it was left. On a phone the exercises' menu leads to Chapters and Progress. */
export function PageNav({ session, narrow }: { readonly session: Session; readonly narrow: boolean }) {
  const { path } = useStore(session.address.store, (address) => address);
  const here = pageOf(path);
  return (
    <nav className="page-nav" aria-label="Pages">
      {PAGES.filter(({ path }) => !narrow || !IN_MENU.includes(path)).map((page) => (
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
