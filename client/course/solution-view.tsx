import { useState } from 'react';
import type { SolutionView as Solutions } from '../../protocol/index.ts';
import { IconButton, Segmented } from '../ui/index.ts';
import { TextDiff } from '../ui/text-diff.tsx';

export interface SolutionViewProps {
  readonly solution: Solutions;
  readonly onClose: () => void;
}

const LAYOUTS = [
  { value: 'inline', label: 'Inline' },
  { value: 'side-by-side', label: 'Side by side' },
] as const;

/** Every known solution as a difference from the start; a right fix nobody thought of passes just as well. */
export function SolutionView({ solution, onClose }: SolutionViewProps) {
  const [layout, setLayout] = useState<(typeof LAYOUTS)[number]['value']>('inline');
  return (
    <section className="solution" aria-label="Solution">
      <header>
        <h3>Solution</h3>
        <Segmented label="Layout of the difference" options={LAYOUTS} value={layout} onChange={setLayout} />
        <IconButton icon="close" label="Hide the solution" onClick={onClose} />
      </header>
      {solution.solutions.map((one) => (
        <section key={one.name} aria-label={one.name}>
          {solution.solutions.length > 1 && <h4>{one.name}</h4>}
          {one.files.map((file) => (
            <TextDiff
              key={file.path}
              before={file.before}
              after={file.after}
              beforeTitle={file.path}
              afterTitle="solved"
              layout={layout}
            />
          ))}
        </section>
      ))}
    </section>
  );
}
