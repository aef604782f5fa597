import { useStore } from '../state/index.ts';
import { useMediaQuery } from '../ui/use-media-query.ts';
import { Banners } from './banners.tsx';
import { DesktopLayout } from './desktop-layout.tsx';
import { NoticeList } from './notice-list.tsx';
import { PhoneLayout } from './phone-layout.tsx';
import type { Session } from './session.ts';
import { TopBar } from './top-bar.tsx';
import './shell.css';

/** The page of someone who learns: lesson, code, flame graph, terminal, verdict. */
export function LearnerShell({ session }: { readonly session: Session }) {
  const narrow = useMediaQuery('(max-width: 860px)');
  const theme = useStore(session.theme.store, (state) => state.theme);
  return (
    <div className="shell" data-narrow={narrow}>
      <TopBar session={session} narrow={narrow} />
      <Banners session={session} />
      <main>
        {narrow ? <PhoneLayout session={session} theme={theme} /> : <DesktopLayout session={session} theme={theme} />}
      </main>
      <NoticeList notices={session.notices} />
    </div>
  );
}
