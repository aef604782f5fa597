import { formatDelta, formatValue, IconButton } from '../ui/index.ts';
import { factsOf } from './frame-tooltip.tsx';
import type { FrameDetails, Picture } from './model/picture.ts';

export interface FrameFactsProps {
  /** The frame that is focused or chosen, else the zoomed one; null: say something about the whole. */
  readonly details: FrameDetails | null;
  readonly picture: Picture;
  readonly onCopy: (details: FrameDetails) => void;
  readonly onCopyStack: (details: FrameDetails) => void;
}

/** One line under the picture that stays when the pointer leaves: for touch, for a stage, for the keyboard. */
export function FrameFacts({ details, picture, onCopy, onCopyStack }: FrameFactsProps) {
  if (details === null || details.path.length === 0) {
    return <WholeFacts picture={picture} />;
  }
  return (
    <p className="flame-facts">
      <strong className="flame-facts-name" title={details.name}>
        {details.name}
      </strong>
      <IconButton icon="copy" label="Copy the function's name" onClick={() => onCopy(details)} />
      <IconButton icon="stack" label="Copy the whole stack" onClick={() => onCopyStack(details)} />
      {factsOf(details, picture).map(([title, value]) => (
        <span key={title}>
          {title} <b>{value}</b>
        </span>
      ))}
    </p>
  );
}

function WholeFacts({ picture }: { readonly picture: Picture }) {
  const { unit, per, requests, difference, against, sides } = picture;
  if (!picture.numbers) return <p className="flame-facts" />;
  const each = per === 'total' ? '' : `per ${per}`;
  if (difference !== null) {
    return (
      <p className="flame-facts">
        <span>
          <b>{formatValue(difference.before[0] ?? 0, unit)}</b> → <b>{formatValue(difference.after[0] ?? 0, unit)}</b>{' '}
          {each}
        </span>
        <span>
          Change <b>{formatDelta(difference.delta[0] ?? 0, unit)}</b>
        </span>
      </p>
    );
  }
  const whole = picture.total[0] ?? 0;
  return (
    <p className="flame-facts">
      <span>
        <b>{formatValue(whole, unit)}</b>
        {whole === picture.whole ? ' in all' : ` of ${formatValue(picture.whole, unit)} shown`}
      </span>
      {requests !== null && (
        <span>
          <b>{formatValue(whole / requests, unit)}</b> per request
        </span>
      )}
      {against !== null && (
        <span>
          <b>{formatDelta(against.ratio, 'share')}</b> {each} against {sides[against.side]}
        </span>
      )}
    </p>
  );
}
