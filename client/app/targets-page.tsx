import { TargetsScreen } from '../targets/index.ts';
import { Icon } from '../ui/index.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { Banners } from './banners.tsx';
import { NoticeList } from './notice-list.tsx';
import type { Session } from './session.ts';
import { ThemeSwitch } from './top-bar.tsx';
import './shell.css';

/** `/targets`: what is profiled, how much of it, and what that costs. */
export function TargetsPage({ session }: { readonly session: Session }) {
  const narrow = useMediaQuery('(max-width: 860px)');
  return (
    <div className="shell">
      <header className="top-bar">
        <a className="brand" href="/" title="Back to the workshop">
          <Icon name="flame" size="1.4em" />
          Flamelab
        </a>
        <h1 className="top-bar-title">Targets</h1>
        <span className="top-bar-space" />
        <ThemeSwitch session={session} narrow={narrow} />
      </header>
      <Banners session={session} />
      <main>
        <TargetsScreen targets={session.targets} />
      </main>
      <NoticeList notices={session.notices} />
    </div>
  );
}
