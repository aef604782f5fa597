import type { KeyboardEvent, ReactNode } from 'react';
import { nextInRow } from './next-in-row.ts';

export interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  readonly disabled?: boolean;
  /** Said on hover, e.g. why it is disabled. */
  readonly title?: string;
}

export interface SegmentedProps<T extends string> {
  /** What is chosen here, for screen readers. */
  readonly label: string;
  readonly options: readonly SegmentedOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, all visible: a radio group in a row. Arrows move and choose, as in a native one. */
export function Segmented<T extends string>({ label, options, value, onChange }: SegmentedProps<T>) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const open = options.filter((option) => option.disabled !== true).map((option) => option.value);
    const next = nextInRow(event.key, open, value);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="ui-segmented" role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio can't hold the icon and keep the row's look
        <button
          key={option.value}
          type="button"
          role="radio"
          data-value={option.value}
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          disabled={option.disabled}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
