import type { Sampling, Target } from '../../protocol/index.ts';
import { formatShare, formatValue, Segmented } from '../ui/index.ts';
import { samplingWords } from './target-words.ts';

export interface SamplingCardProps {
  readonly sampling: Sampling;
  readonly targets: readonly Target[];
  readonly onChange: (change: Partial<Sampling>) => void;
}

const INSTANCES = [1, 0.5, 0.25, 0.1];
const TIME = [0.01, 0.05, 0.1, 0.5, 1];
const PERIODS = [15, 60, 300];

/** Which share of the instances is collected in a period, and for which share of the time. */
export function SamplingCard({ sampling, targets, onChange }: SamplingCardProps) {
  return (
    <section className="targets-card sampling" aria-labelledby="sampling-title">
      <h2 id="sampling-title">Sampling</h2>
      <p>
        Two levels, as in Google-Wide Profiling: some instances, some of the time. Who is chosen changes with every
        period.
      </p>
      <Choice
        label="Share of the instances"
        options={INSTANCES}
        value={sampling.instances}
        format={formatShare}
        onChange={(instances) => onChange({ instances })}
      />
      <Choice
        label="Share of the time under a CPU profile"
        options={TIME}
        value={sampling.time}
        format={formatShare}
        onChange={(time) => onChange({ time })}
      />
      <Choice
        label="Period"
        options={PERIODS}
        value={sampling.periodSeconds}
        format={(seconds) => formatValue(seconds, 's')}
        onChange={(periodSeconds) => onChange({ periodSeconds })}
      />
      <p className="sampling-means" role="status">
        {samplingWords(sampling, targets)}
      </p>
      <p className="sampling-aside">What an exercise has in focus is always collected.</p>
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly number[];
  readonly value: number;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A value that came from elsewhere stands among the usual ones. */
function Choice({ label, options, value, format, onChange }: ChoiceProps) {
  const all = options.includes(value) ? options : [...options, value].sort((a, b) => a - b);
  return (
    <div className="sampling-choice">
      <span aria-hidden="true">{label}</span>
      <Segmented
        label={label}
        value={String(value)}
        options={all.map((option) => ({ value: String(option), label: format(option) }))}
        onChange={(chosen) => onChange(Number(chosen))}
      />
    </div>
  );
}
