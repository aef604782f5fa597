import { CourseMenu, chapterTitle } from '../course/index.ts';
import { TrafficControls } from '../fleet/index.ts';
import { pathOfChapter, useStore } from '../state/index.ts';
import { OpenFilesButton } from '../take-home/index.ts';
import { Button, formatRate, Icon, IconButton, Segmented, THEME_TITLES, THEMES } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import { openerOf } from './opener-of.ts';
import { PageLink } from './page-link.tsx';
import { PageNav } from './page-nav.tsx';
import { pageOf } from './pages.ts';
import type { Session } from './session.ts';

export interface TopBarProps {
  readonly session: Session;
  readonly narrow: boolean;
}

const THEME_ICONS = { light: 'sun', dark: 'moon', projector: 'screen' } as const;

export function TopBar({ session, narrow }: TopBarProps) {
  const lab = useStore(session.lab.store, (state) => state.lab);
  const quiet = lab !== null && (lab.load.paused || lab.fleet.paused);
  const page = pageOf(useStore(session.address.store, ({ path }) => path));
  return (
    <header className="top-bar">
      <span className="brand">
        <Icon name="flame" size="1.4em" />
        <span className={narrow ? 'visually-hidden' : undefined}>Flamelab</span>
      </span>
      <PageNav session={session} narrow={narrow} />
      {page.path === '/' && (
        <CourseMenu
          course={session.course}
          beside={(chapter) => <SlidesLink session={session} chapter={chapter} />}
          more={
            <PageLink address={session.address} to="/progress" className="course-menu-more">
              Progress and proofs
            </PageLink>
          }
        />
      )}
      <Progress text={lab?.fleet.progress ?? null} narrow={narrow} />
      {lab && (
        <Popover
          label="Traffic"
          align="end"
          button={
            <>
              <Icon name={quiet ? 'pause' : 'play'} />
              {quiet ? 'Paused' : formatRate(lab.load.rate)}
            </>
          }
        >
          {() => <TrafficControls load={session.load} lab={lab} />}
        </Popover>
      )}
      {lab && (
        <Button
          look="quiet"
          aria-label={lab.fleet.paused ? 'Resume all' : 'Pause all'}
          title="Stops the traffic and the profiling, for a quiet laptop"
          icon={<Icon name={lab.fleet.paused ? 'play' : 'stop'} />}
          onClick={() => void session.load.pauseAll(!lab.fleet.paused)}
        >
          {narrow ? null : lab.fleet.paused ? 'Resume all' : 'Pause all'}
        </Button>
      )}
      <OpenFilesButton {...openerOf(session)} narrow={narrow} />
      <ThemeSwitch session={session} narrow={narrow} />
    </header>
  );
}

function SlidesLink({ session, chapter }: { readonly session: Session; readonly chapter: string }) {
  const found = useStore(session.chapters.store, ({ chapters }) => chapters?.find(({ id }) => id === chapter));
  if (!found) return null;
  return (
    <PageLink address={session.address} to={pathOfChapter(chapter)}>
      Slides<span className="visually-hidden"> of {chapterTitle(chapter)}</span>
    </PageLink>
  );
}

/** What the lab is at. It comes and goes every few seconds at the start: here it moves nothing that is being pointed at. */
function Progress({ text, narrow }: { readonly text: string | null; readonly narrow: boolean }) {
  return (
    <p className="top-bar-progress" role="status" title={text ?? undefined}>
      {text !== null && <span className="ui-spinner" aria-hidden="true" />}
      <span className={narrow ? 'visually-hidden' : undefined}>{text}</span>
    </p>
  );
}

export function ThemeSwitch({ session, narrow }: TopBarProps) {
  const theme = useStore(session.theme.store, (state) => state.theme);
  if (narrow) {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? theme;
    const label = `Theme: ${THEME_TITLES[theme]}. Switch to ${THEME_TITLES[next]}`;
    return <IconButton icon={THEME_ICONS[theme]} label={label} onClick={() => session.theme.choose(next)} />;
  }
  return (
    <Segmented
      label="Theme"
      value={theme}
      onChange={session.theme.choose}
      options={THEMES.map((name) => ({
        value: name,
        title: THEME_TITLES[name],
        label: (
          <>
            <Icon name={THEME_ICONS[name]} />
            <span className="visually-hidden">{THEME_TITLES[name]}</span>
          </>
        ),
      }))}
    />
  );
}
