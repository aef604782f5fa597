import { useMemo } from 'react';
import { SaturatedNote } from '../flame-graph/index.ts';
import {
  findProfileNear,
  isSnapshotKind,
  matchersOf,
  type TimelineState,
  useStore,
  withLabel,
} from '../state/index.ts';
import { BrushTimeline, type TimelineRow, type TimeSpan } from '../timeline/index.ts';
import { formatMillis } from '../ui/index.ts';
import type { PartProps } from './explore-props.ts';
import { kindTitle } from './kind-words.ts';
import { TimelineStretches } from './timeline-stretches.tsx';

export interface TimelinePanelProps extends PartProps {
  readonly drags: 'a' | 'b' | null;
  readonly onBrushed: (side: 'a' | 'b') => void;
}

const NO_SERVICE = '(no service)';

/** The profiles of every service over time, with the windows that are looked at. */
export function TimelinePanel({ state, change, timeline, api, drags, onBrushed, traces }: TimelinePanelProps) {
  const shown = useStore(timeline.store, (now) => now);
  const { query } = state;
  const { axis } = shown;
  const chosen = serviceOf(query.match);
  const rows = useMemo(() => rowsOf(shown, chosen, traces), [shown, chosen, traces]);
  if (axis === null || rows.length === 0) return <TimelineEmpty timeline={shown} />;

  const fixed = { live: null, axis };
  const showProfile = async (service: string, column: TimeSpan, near: number) => {
    const match = service === '' ? query.match : withLabel(query.match, 'service', service);
    const { kind, type } = query;
    const found = await findProfileNear(api, { kind, type, match }, { ...column, near }).catch(() => null);
    if (found === null) return;
    const one = found.instance === '' ? match : withLabel(match, 'instance', found.instance);
    change({ match: one, from: found.atMillis, to: found.atMillis + 1, b: null, side: null, ...fixed });
  };
  return (
    <div className="timeline-panel">
      <BrushTimeline
        label={`${kindTitle(query.kind)} by service`}
        rows={rows}
        axis={axis}
        stepMillis={shown.stepMillis}
        unit={shown.unit}
        a={query.live === null || query.b !== null ? spanOn(state.a, axis) : null}
        b={state.query.b ? spanOn(state.query.b, axis) : null}
        drags={drags ?? 'a'}
        onBrush={(side, span) => {
          onBrushed(side);
          if (side === 'a') change({ ...span, ...fixed });
          // The first window of a comparison stands still, too.
          else
            change({
              from: state.a.from,
              to: state.a.to ?? Math.floor(axis.to),
              b: { match: query.b?.match ?? null, ...span },
              ...fixed,
            });
        }}
        onPoint={(row, column, near) => void showProfile(row, column, near)}
        onRow={(row) =>
          change({ match: withLabel(withoutInstance(query.match), 'service', row === chosen ? '' : row) })
        }
        onWhole={() => change({ from: Math.floor(axis.from), to: Math.ceil(axis.to), ...fixed })}
      />
      <TimelineStretches
        stretches={shown.stretches}
        onShow={(span) => change(query.b === null ? { ...span, live: null, axis: null } : { axis: span })}
      />
      <div className="timeline-unit">
        <p>
          {unitWords(query.kind, shown.stepMillis)}
          {rows.some(({ marks }) => marks.some(({ look }) => look === 'dot')) && ' A dot is an execution trace.'}
        </p>
        <SaturatedNote of={shown} />
      </div>
    </div>
  );
}

function rowsOf({ services }: TimelineState, chosen: string | null, traces: PartProps['traces']): TimelineRow[] {
  return services.map(({ service, points, deploys }) => ({
    id: service,
    title: service || NO_SERVICE,
    points,
    marks: [
      ...deploys.map(({ atMillis, version }) => ({ atMillis, label: `new version ${version}` })),
      ...traces
        .filter((trace) => trace.service === service)
        .map(({ atMillis, words }) => ({ atMillis, label: words, look: 'dot' as const })),
    ],
    chosen: service === chosen,
    quiet: chosen !== null && service !== chosen,
  }));
}

function serviceOf(match: string): string | null {
  return matchersOf(match)?.find(({ label, op }) => label === 'service' && op === '=')?.value ?? null;
}

/** An instance belongs to one service: with another service chosen it would match nothing. */
const withoutInstance = (match: string) => withLabel(match, 'instance', '');

function spanOn({ from, to }: { from: number | null; to: number | null }, axis: TimeSpan): TimeSpan {
  return { from: from ?? axis.from, to: to ?? axis.to };
}

function unitWords(kind: string, stepMillis: number): string {
  const each = formatMillis(stepMillis);
  return isSnapshotKind(kind)
    ? `A column adds up the snapshots of ${each}; each row has its own scale. A flag is a new version.`
    : `A column is what was profiled in ${each}; each row has its own scale. A flag is a new version.`;
}

function TimelineEmpty({ timeline }: { readonly timeline: TimelineState }) {
  const words =
    timeline.status === 'loading'
      ? 'Reading the timeline …'
      : timeline.status === 'failed' && timeline.failure?.code !== 'no-data'
        ? `The timeline could not be read: ${timeline.failure?.message ?? 'unknown reason'}`
        : 'Nothing was profiled in this time.';
  return <p className="timeline-empty">{words}</p>;
}
