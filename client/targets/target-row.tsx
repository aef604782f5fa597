import type { Target } from '../../protocol/index.ts';
import { IconButton } from '../ui/index.ts';
import { KindTable } from './kind-table.tsx';
import { OverheadCell } from './overhead-cell.tsx';
import { agoWords, healthWords, kindTone, newestProfile, nextTry } from './target-words.ts';

export interface TargetRowProps {
  readonly target: Target;
  /** Unix milliseconds of the list. */
  readonly now: number;
  /** A measurement is under way somewhere: one at a time. */
  readonly busy: boolean;
  readonly onMeasure: () => void;
  readonly onRemove: () => void;
}

/** One target: who it is, how it is, what comes from it, what that costs. */
export function TargetRow({ target, now, busy, onMeasure, onRemove }: TargetRowProps) {
  const { tone, text } = healthWords(target);
  const newest = newestProfile(target);
  const retry = nextTry(target);
  return (
    <li className="target" data-target={target.name}>
      <div className="target-who">
        <h2>{target.name}</h2>
        <p>
          {target.url}
          {target.address !== null && !target.url.endsWith(`//${target.address}`) && <> at {target.address}</>}
        </p>
        <Labels labels={target.labels} />
      </div>
      <div className="target-health">
        <p className="target-state" data-tone={tone}>
          {text}
        </p>
        <p>{newest === null ? 'no profile yet' : `last profile ${agoWords(newest, now)} ago`}</p>
      </div>
      <details className="target-kinds">
        <summary>
          {target.kindHealth.map((kind) => (
            <span key={kind.kind} className="kind-chip" data-tone={kindTone(kind)} data-state={kind.state}>
              {kind.kind}
              <span className="visually-hidden">: {kind.state}</span>
            </span>
          ))}
        </summary>
        <KindTable kinds={target.kindHealth} now={now} />
      </details>
      <OverheadCell target={target} busy={busy} onMeasure={onMeasure} />
      {target.origin === 'attached' && (
        <IconButton className="target-remove" icon="close" label={`Remove ${target.name}`} onClick={onRemove} />
      )}
      {target.lastError !== null && (
        <p className="target-error" data-tone={tone}>
          {target.lastError}
          {retry !== null && retry > now && <> Tried again in {agoWords(now, retry)}.</>}
        </p>
      )}
    </li>
  );
}

/** The name stands above; what else is known is shown. */
function Labels({ labels }: { readonly labels: Target['labels'] }) {
  return (
    <ul className="target-labels" aria-label="Labels">
      {Object.entries(labels)
        .filter(([name]) => name !== 'instance')
        .map(([name, value]) => (
          <li key={name}>
            {name}=<b>{value}</b>
          </li>
        ))}
    </ul>
  );
}
