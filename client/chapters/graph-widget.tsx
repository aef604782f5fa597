import { useEffect } from 'react';
import { FlameGraph } from '../flame-graph/index.ts';
import {
  exploreSearchOf,
  type GraphWidget,
  isGoMissing,
  keyOfGraph,
  type SlideGraph,
  useStore,
  viewOfGraph,
} from '../state/index.ts';
import { formatCount } from '../ui/index.ts';
import type { SlideSources } from './slide-sources.ts';

export interface GraphWidgetProps {
  readonly widget: GraphWidget;
  readonly sources: Pick<SlideSources, 'graphs' | 'lab' | 'theme' | 'exploreLink'>;
}

/** The newest profiles of a service, merged and drawn. */
export function GraphWidgetView({ widget, sources }: GraphWidgetProps) {
  const { graphs, lab, theme } = sources;
  const key = keyOfGraph(widget);
  const shown = useStore(graphs.store, (state) => state.graphs[key]);
  const goMissing = useStore(lab.store, (state) => isGoMissing(state.lab?.go));
  const paused = useStore(lab.store, (state) => state.lab?.fleet.paused ?? false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that is asked for
  useEffect(() => graphs.follow(widget), [graphs, key]);
  const { service, search = '', numbers } = widget;
  const title = viewOfGraph(widget)?.title ?? widget.kind;
  return (
    <figure className="slide-figure slide-graph" aria-label={`${title} of ${service}`}>
      <figcaption>
        <span>
          <strong>{title}</strong> of <code>{service}</code>
        </span>
        <span className="slide-graph-age">{shown ? ageWords(shown) : ''}</span>
        {sources.exploreLink(exploreSearchOf(widget))}
      </figcaption>
      <div className="slide-graph-picture" style={{ height: `${widget.height}rem` }}>
        <FlameGraph
          graph={shown?.graph ?? null}
          theme={theme}
          numbers={numbers}
          bar={false}
          label={`${title} of ${service}`}
          empty={emptyWords(shown, { title, service, goMissing, paused })}
          {...(search === '' ? {} : { search })}
        />
      </div>
    </figure>
  );
}

function ageWords({ graph, age }: SlideGraph): string {
  if (graph === null) return '';
  const { profiles } = graph.window;
  const count = profiles === 1 ? 'one profile' : `${formatCount(profiles)} profiles`;
  return age === 'live' ? `last 5 minutes, ${count}` : `nothing newer: all that is stored, ${count}`;
}

interface Surroundings {
  readonly title: string;
  readonly service: string;
  readonly goMissing: boolean;
  readonly paused: boolean;
}

/** In place of the picture: why there is none, and what to do. */
function emptyWords(shown: SlideGraph | undefined, { title, service, goMissing, paused }: Surroundings) {
  if (shown === undefined) return { title: `Reading the ${title} profile …`, hint: 'This takes less than a second.' };
  if (shown.graph !== null) {
    return { title: 'Nothing was sampled', hint: `That can be the answer: ${service} did nothing of this kind.` };
  }
  if (shown.failure !== null && shown.failure.code !== 'no-data') {
    return { title: 'The profile could not be read', hint: shown.failure.message };
  }
  const missing = `No ${title} profile of ${service} yet`;
  if (goMissing) return { title: missing, hint: 'Nothing runs without Go: the note on top says how to get it.' };
  if (paused) return { title: missing, hint: 'Everything is paused: press “Resume all” at the top.' };
  return {
    title: missing,
    hint: 'Wait a minute: the fleet is being built and started, then profiles come by themselves.',
  };
}
