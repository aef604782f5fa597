import { useEffect } from 'react';
import { useStore } from '../state/index.ts';
import { DropTarget } from '../take-home/index.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { Banners } from './banners.tsx';
import { ChaptersPage } from './chapters-page.tsx';
import { DesktopLayout } from './desktop-layout.tsx';
import { ExplorePage } from './explore-page.tsx';
import { NoticeList } from './notice-list.tsx';
import { openerOf } from './opener-of.ts';
import { pageOf } from './pages.ts';
import { PhoneLayout } from './phone-layout.tsx';
import { ProgressPage } from './progress-page.tsx';
import type { Session } from './session.ts';
import { TargetsPage } from './targets-page.tsx';
import { TopBar } from './top-bar.tsx';
import './shell.css';

/** What every page of the lab has around it; which page it is, the address says. */
export function Shell({ session }: { readonly session: Session }) {
  const narrow = useMediaQuery('(max-width: 860px)');
  const theme = useStore(session.theme.store, (state) => state.theme);
  const page = pageOf(useStore(session.address.store, ({ path }) => path));
  useEffect(() => {
    document.title = page.path === '/' ? 'Flamelab' : `${page.title} · Flamelab`;
  }, [page]);
  const Learner = narrow ? PhoneLayout : DesktopLayout;
  return (
    <div className="shell" data-narrow={narrow} data-page={page.path}>
      <TopBar session={session} narrow={narrow} />
      <Banners session={session} />
      <main>
        {page.path === '/' && <Learner session={session} theme={theme} />}
        {page.path === '/chapters' && <ChaptersPage session={session} theme={theme} />}
        {page.path === '/progress' && <ProgressPage session={session} />}
        {page.path === '/explore' && <ExplorePage session={session} theme={theme} />}
        {page.path === '/targets' && <TargetsPage session={session} />}
      </main>
      <DropTarget {...openerOf(session)} />
      <NoticeList notices={session.notices} />
    </div>
  );
}
