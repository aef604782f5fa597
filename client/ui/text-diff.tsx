import { useMemo } from 'react';
import { type DiffLine, type DiffPart, foldUnchanged, lineDiff, pairLines } from './line-diff.ts';
import './text-diff.css';

export interface TextDiffProps {
  readonly before: string;
  readonly after: string;
  readonly beforeTitle: string;
  readonly afterTitle: string;
  readonly layout: 'side-by-side' | 'inline';
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const SPOKEN = { same: '', removed: 'removed: ', added: 'added: ' } as const;

/** Two texts, line by line; a change is told by sign and colour. */
export function TextDiff({ before, after, beforeTitle, afterTitle, layout }: TextDiffProps) {
  const parts = useMemo(() => foldUnchanged(lineDiff(before, after)), [before, after]);
  const split = layout === 'side-by-side';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="text-diff" data-layout={layout} tabIndex={0} aria-label={`${beforeTitle} and ${afterTitle}`}>
      <table>
        <thead>
          <tr>
            <th colSpan={split ? 2 : 3} scope="colgroup">
              {split ? beforeTitle : `${beforeTitle} → ${afterTitle}`}
            </th>
            {split && (
              <th colSpan={2} scope="colgroup">
                {afterTitle}
              </th>
            )}
          </tr>
        </thead>
        <tbody>{parts.map((part, index) => drawPart(part, index, split))}</tbody>
      </table>
    </section>
  );
}

function drawPart(part: DiffPart, index: number, split: boolean) {
  if (part.kind === 'skipped') {
    return (
      <tr key={`skipped-${index}`} className="text-diff-skipped">
        <td colSpan={split ? 4 : 3}>{part.count === 1 ? '1 unchanged line' : `${part.count} unchanged lines`}</td>
      </tr>
    );
  }
  if (!split) {
    return part.lines.map((line) => (
      <tr key={`${line.oldLine}:${line.newLine}`}>
        <td className="text-diff-number">{line.oldLine}</td>
        <td className="text-diff-number">{line.newLine}</td>
        <LineCell line={line} />
      </tr>
    ));
  }
  return pairLines(part.lines).map(({ left, right }) => (
    <tr key={`${left?.oldLine ?? '+'}:${right?.newLine ?? '-'}`}>
      <td className="text-diff-number">{left?.oldLine}</td>
      <LineCell line={left} />
      <td className="text-diff-number">{right?.newLine}</td>
      <LineCell line={right} />
    </tr>
  ));
}

function LineCell({ line }: { readonly line: DiffLine | null }) {
  if (!line) return <td className="text-diff-none" />;
  return (
    <td className="text-diff-line" data-change={line.change}>
      <span aria-hidden="true" className="text-diff-sign">
        {SIGNS[line.change]}
      </span>
      <span className="visually-hidden">{SPOKEN[line.change]}</span>
      {line.text}
    </td>
  );
}
