import './profile-views.css';
import './source-view.css';
import { useEffect, useMemo, useState } from 'react';
import { SaturatedNote } from '../flame-graph/index.ts';
import { Button, formatShareOf, formatValue, Icon } from '../ui/index.ts';
import { HotLines } from './hot-lines.tsx';
import { loadSource, type SourceReading } from './load-source.ts';
import { hottestFirst, hottestLineOf, type LineCost, lineCosts } from './model/line-heat.ts';
import type { ProfileViewProps } from './profile-view-props.ts';
import { ReadState } from './read-state.tsx';
import { SourceTextView } from './source-text.tsx';
import { useReading } from './use-reading.ts';

export interface SourceViewProps extends ProfileViewProps {
  /** As profiles name it. */
  readonly file: string;
  /** 0: the hottest one of the function, or of the file if the function isn't in it. */
  readonly line: number;
  readonly function?: string | null;
  /** Of the program; null: the one that the selection has most of. The caller keeps what is chosen. */
  readonly version: string | null;
  readonly onVersion: (version: string) => void;
}

/** A source file, as it was when the program was built, with what each line costs in this selection. */
export function SourceView(props: SourceViewProps) {
  const { api, query, revision, file, line, function: of = null, version, onVersion } = props;
  const reading = useReading((signal) => loadSource(api, { query, file, version }, signal), {
    subject: [file, version, query.kind, query.type],
    occasion: [query, revision],
  });
  return (
    <section className="profile-view" aria-label={`Source ${file}`} aria-busy={reading.busy}>
      <ReadState reading={reading} what="the source" hint="Take a wider window, or fewer conditions.">
        {(found) => (
          <SourceBody
            key={`${file} ${found.version}`}
            found={found}
            file={file}
            line={line}
            of={of}
            onVersion={onVersion}
          />
        )}
      </ReadState>
    </section>
  );
}

interface SourceBodyProps {
  readonly found: SourceReading;
  readonly file: string;
  readonly line: number;
  readonly of: string | null;
  readonly onVersion: (version: string) => void;
}

function SourceBody({ found, file, line, of, onVersion }: SourceBodyProps) {
  const { source, lines } = found;
  const costs = useMemo(() => (lines === null ? [] : lineCosts(lines)), [lines]);
  const unit = lines?.unit ?? '';
  const first = useMemo(() => (line > 0 || lines === null ? line : hottestLineOf(lines, of)), [line, lines, of]);
  const { place, next } = usePlace(costs, first);
  return (
    <>
      <header className="profile-view-bar">
        <h3 className="source-name" title={file}>
          {file}
        </h3>
        <Origin found={found} onVersion={onVersion} />
        <span className="profile-view-says">{lines === null ? 'Nothing of this selection runs through it.' : ''}</span>
        <SaturatedNote of={lines} />
        {costs.length > 0 && source !== null && (
          <Button look="quiet" icon={<Icon name="flame" />} onClick={next}>
            {place.asked === 0 ? 'Hottest line' : 'Next hottest line'}
          </Button>
        )}
      </header>
      {source === null ? (
        <HotLines missing={found.missing ?? ''} lines={lines} />
      ) : (
        <>
          {lines !== null && (
            <p className="source-columns">
              <span>cum</span>
              <span>flat</span>
              <PlaceFacts costs={costs} line={place.line} unit={unit} total={lines.total} />
            </p>
          )}
          <SourceTextView file={file} text={source.text} costs={costs} unit={unit} line={place} />
        </>
      )}
    </>
  );
}

/** Where the reader is taken: to the line that was asked for, then from hottest line to hottest line. */
function usePlace(costs: readonly LineCost[], line: number) {
  const hot = useMemo(() => hottestFirst(costs), [costs]);
  const [visits, setVisits] = useState(0);
  const [asked, setAsked] = useState(line);
  useEffect(() => {
    setAsked(line);
    setVisits(0);
  }, [line]);
  const start = asked > 0 ? asked : (hot[0]?.line ?? 0);
  const first = hot.findIndex((cost) => cost.line === start) === 0 ? 1 : 0;
  const at = visits === 0 ? start : (hot[(first + visits - 1) % Math.max(1, hot.length)]?.line ?? start);
  return { place: { line: at, asked: visits }, next: () => setVisits(visits + 1) };
}

function Origin({ found, onVersion }: Pick<SourceBodyProps, 'found' | 'onVersion'>) {
  const { versions, version, source } = found;
  if (source?.origin === 'go')
    return <span className="source-origin">Go’s library, {source.of}: as on this machine</span>;
  if (source === null || version === null) return null;
  const whole = versions.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <label className="source-origin">
      Build{' '}
      <select value={version} onChange={(event) => onVersion(event.target.value)}>
        {versions.map(({ value, amount }) => (
          <option key={value} value={value}>
            {value.slice(0, 8)} · {formatShareOf(amount, whole)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PlaceFactsProps {
  readonly costs: readonly LineCost[];
  readonly line: number;
  readonly unit: string;
  readonly total: number;
}

function PlaceFacts({ costs, line, unit, total }: PlaceFactsProps) {
  const cost = costs.find((each) => each.line === line);
  if (line === 0) return null;
  return (
    <span className="source-place" role="status">
      Line {line}:{' '}
      {cost === undefined
        ? 'no samples'
        : `cum ${formatValue(cost.cum, unit)} · ${formatShareOf(cost.cum, total)}, flat ${formatValue(cost.flat, unit)}`}
    </span>
  );
}
