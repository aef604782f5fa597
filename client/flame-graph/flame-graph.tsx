import './flame-graph.css';
import { EmptyState } from '../ui/index.ts';
import { FlameBar } from './flame-bar.tsx';
import type { FlameGraphProps } from './flame-graph-props.ts';
import { FlameLegend } from './flame-legend.tsx';
import { FlamePicture } from './flame-picture.tsx';
import { FrameFacts } from './frame-facts.tsx';
import { LABEL_PACKAGE } from './model/package-family.ts';
import { hasNegativeTotal, type Picture } from './model/picture.ts';
import { NegativeTotal } from './negative-total.tsx';
import { SaturatedNote } from './saturated-note.tsx';
import { useFlameState } from './use-flame-state.ts';

/** A merged call tree: picture, search, zoom and legend. See flame-graph-props.ts for what goes in. */
export function FlameGraph(props: FlameGraphProps) {
  const state = useFlameState(props);
  const { picture, details } = state;
  const { copyName, copyStack } = state.copying;
  const { bar = true, foot = true, label = 'Flame graph' } = props;
  if (isEmpty(picture)) {
    return (
      <section className="flame-graph" aria-label={label} data-frames="0">
        <EmptyState icon="flame" title={props.empty?.title ?? 'No profile yet'}>
          {props.empty?.hint ?? 'Send the service some load; the first frames come within seconds.'}
        </EmptyState>
      </section>
    );
  }
  if (hasNegativeTotal(picture)) return <NegativeTotal {...props} picture={picture} />;
  return (
    <section
      className="flame-graph"
      aria-label={label}
      data-frames={picture.layout.count}
      data-total={picture.total[0]}
      data-unit={picture.unit}
      ref={state.section}
    >
      {bar && <FlameBar {...state.bar} />}
      <FlamePicture state={state} theme={props.theme} onDrawn={props.onDrawn} />
      {foot && (
        <footer className="flame-foot">
          <FrameFacts details={details} picture={picture} onCopy={copyName} onCopyStack={copyStack} />
          <FlameLegend
            difference={picture.difference === null ? null : picture.sides}
            labels={picture.layout.names.frames.some((frame) => frame.package === LABEL_PACKAGE)}
            options={state.choices.options}
            onFamily={state.choices.toggleFamily}
          />
          {picture.belowZero && <p className="saturated-note">Frames below zero have no width; the tree has them.</p>}
          {picture.numbers && <SaturatedNote of={picture} />}
        </footer>
      )}
      <output className="visually-hidden" aria-live="polite">
        {state.spoken}
      </output>
    </section>
  );
}

/** No tree, or a window in which nothing was sampled: a bare root says nothing. A search that finds nothing is not that. */
function isEmpty({ layout, whole, difference }: Picture): boolean {
  return layout.count === 0 || (difference === null && whole === 0);
}
