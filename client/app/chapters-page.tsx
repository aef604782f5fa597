import { useState } from 'react';
import { ChapterList, ChapterScreen, type SlideSources } from '../chapters/index.ts';
import { chapterOfPath, pathOfChapter, searchOfPlace, useStore } from '../state/index.ts';
import { Button, Icon, IconButton, type Theme } from '../ui/index.ts';
import type { LayoutProps } from './desktop-layout.tsx';
import { PageLink } from './page-link.tsx';
import { Terminals } from './panels.tsx';
import type { Session } from './session.ts';

/** The slides of the chapter in the address, or the list of chapters; a terminal opens below, so that a talk stays on its slide. */
export function ChaptersPage({ session, theme }: LayoutProps) {
  const { path, search } = useStore(session.address.store, (address) => address);
  const [terminal, setTerminal] = useState(false);
  const sources = sourcesOf({ session, theme, onTerminal: () => setTerminal(true) });
  const { address } = session;
  const id = chapterOfPath(path);
  if (id === null) {
    return (
      <ChapterList
        chapters={session.chapters}
        course={session.course}
        link={(chapter, text) => (
          <PageLink address={address} to={pathOfChapter(chapter.id)}>
            {text}
          </PageLink>
        )}
      />
    );
  }
  return (
    <ChapterScreen
      id={id}
      search={search}
      sources={sources}
      onPlace={(place) => address.go(pathOfChapter(id), searchOfPlace(place))}
      onChapter={(next) => address.go(pathOfChapter(next))}
      onList={() => address.go('/chapters')}
      tools={
        <Button
          look="quiet"
          icon={<Icon name="terminal" />}
          aria-expanded={terminal}
          onClick={() => setTerminal(!terminal)}
        >
          <span className="chapter-tool">Terminal</span>
        </Button>
      }
      below={
        terminal && (
          <div className="chapter-terminal">
            <Terminals session={session} theme={theme} />
            <IconButton icon="close" label="Close the terminal’s panel" onClick={() => setTerminal(false)} />
          </div>
        )
      }
    />
  );
}

interface SourcesParts {
  readonly session: Session;
  readonly theme: Theme;
  readonly onTerminal: () => void;
}

function sourcesOf({ session, theme, onTerminal }: SourcesParts): SlideSources {
  const { address, chapters, course, lab, progress, slideGraphs, slideMetrics, terminals } = session;
  return {
    ...{ chapters, course, lab, progress, theme },
    graphs: slideGraphs,
    metrics: slideMetrics,
    onRun: (command) => {
      onTerminal();
      terminals.run(command);
    },
    onExercise: (slug) => {
      address.go('/');
      void course.open(slug);
    },
    exploreLink: (search) => (
      <PageLink address={address} to="/explore" search={search}>
        Explore
      </PageLink>
    ),
  };
}
