import { useEffect, useRef, useState } from 'react';
import type { SolutionView as Solutions } from '../../protocol/index.ts';
import { IconButton, Segmented } from '../ui/index.ts';
import { TextDiff } from '../ui/text-diff.tsx';
import { useMediaQuery } from '../ui/use-media-query.ts';
import '../ui/dialog.css';

export interface SolutionViewProps {
  readonly solution: Solutions;
  readonly onClose: () => void;
}

const LAYOUTS = [
  { value: 'side-by-side', label: 'Side by side' },
  { value: 'inline', label: 'Inline' },
] as const;
type DiffLayout = (typeof LAYOUTS)[number]['value'];

/** Every known solution as a difference from the start, over the page; a right fix nobody thought of passes just as well. */
export function SolutionView({ solution, onClose }: SolutionViewProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const narrow = useMediaQuery('(max-width: 860px)');
  const [layout, setLayout] = useState<DiffLayout>(narrow ? 'inline' : 'side-by-side');
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="ui-dialog solution" aria-label="Solution" onClose={onClose}>
      <header>
        <h2>Solution</h2>
        <Segmented label="Layout of the difference" options={LAYOUTS} value={layout} onChange={setLayout} />
        <IconButton icon="close" label="Close the solution" onClick={onClose} />
      </header>
      {solution.solutions.map((one) => (
        <section key={one.name} aria-label={one.name}>
          {solution.solutions.length > 1 && <h3>{one.name}</h3>}
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
    </dialog>
  );
}
