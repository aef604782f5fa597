import { formatValue, IconButton } from '../ui/index.ts';
import { factsOf } from './frame-tooltip.tsx';
import type { FrameDetails, Picture } from './model/picture.ts';

export interface FrameFactsProps {
  /** The frame that is focused or chosen, else the zoomed one; null: say something about the whole. */
  readonly details: FrameDetails | null;
  readonly picture: Picture;
  readonly onCopy: (name: string) => void;
}

/** One line under the picture that stays when the pointer leaves: for touch, for a stage, for the keyboard. */
export function FrameFacts({ details, picture, onCopy }: FrameFactsProps) {
  if (details === null || details.path.length === 0) {
    const { total, unit, requests } = picture;
    const each = requests === null ? '' : `, ${formatValue((total[0] ?? 0) / requests, unit)} per request`;
    return (
      <p className="flame-facts">
        <strong>{formatValue(total[0] ?? 0, unit)}</strong> in all{each}
      </p>
    );
  }
  return (
    <p className="flame-facts">
      <strong className="flame-facts-name" title={details.name}>
        {details.name}
      </strong>
      <IconButton icon="copy" label="Copy the function's name" onClick={() => onCopy(details.name)} />
      {factsOf(details, picture).map(([title, value]) => (
        <span key={title}>
          {title} <b>{value}</b>
        </span>
      ))}
    </p>
  );
}
