import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { nextInRow } from './next-in-row.ts';

export interface Tab<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  /** A short mark beside the label, e.g. a count of errors. */
  readonly badge?: ReactNode;
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
  /** At the right end of the row. */
  readonly actions?: ReactNode;
}

/** Tabs with one panel, as the ARIA pattern says: arrows move and choose, Tab goes into the panel. */
export function Tabs<T extends string>({ label, tabs, value, onChange, children, actions }: TabsProps<T>) {
  const id = useId();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const row = tabs.map((tab) => tab.value);
    const next = nextInRow(event.key, row, value);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
    document.getElementById(`${id}-tab-${next}`)?.focus();
  };
  return (
    <div className="ui-tabs">
      <div className="ui-tabs-row">
        <div role="tablist" aria-label={label} onKeyDown={move}>
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-tab-${tab.value}`}
              aria-selected={tab.value === value}
              aria-controls={`${id}-panel`}
              tabIndex={tab.value === value ? 0 : -1}
              onClick={() => onChange(tab.value)}
            >
              {tab.label}
              {tab.badge !== undefined && <span className="ui-badge">{tab.badge}</span>}
            </button>
          ))}
        </div>
        {actions !== undefined && <div className="ui-tabs-actions">{actions}</div>}
      </div>
      <div className="ui-tabs-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${value}`}>
        {children}
      </div>
    </div>
  );
}
