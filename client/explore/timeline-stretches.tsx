import type { Stretch } from '../state/index.ts';
import type { TimeSpan } from '../timeline/index.ts';
import { Button } from '../ui/index.ts';
import { rangeWords } from './window-words.ts';

export interface TimelineStretchesProps {
  readonly stretches: readonly Stretch[];
  readonly onShow: (span: TimeSpan) => void;
}

const MOST = 4;

/** Under an axis that is mostly empty: the ways to where profiles are. */
export function TimelineStretches({ stretches, onShow }: TimelineStretchesProps) {
  if (stretches.length === 0) return null;
  const now = Date.now();
  return (
    <p className="timeline-stretches">
      Most of this axis is empty. Show only
      {stretches.slice(0, MOST).map(({ from, to, services }) => (
        <Button key={from} look="quiet" onClick={() => onShow({ from, to })}>
          {rangeWords({ from, to }, now)} · {servicesWords(services)}
        </Button>
      ))}
    </p>
  );
}

function servicesWords(services: readonly string[]): string {
  const [only = ''] = services;
  return services.length === 1 ? only || 'no service' : `${services.length} services`;
}
