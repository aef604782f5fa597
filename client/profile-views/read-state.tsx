import type { ReactNode } from 'react';
import { EmptyState } from '../ui/index.ts';
import type { Reading } from './use-reading.ts';

export interface ReadStateProps<T> {
  readonly reading: Reading<T>;
  /** What is being read, for the wait: "the table". */
  readonly what: string;
  /** What to do when there is nothing. */
  readonly hint: string;
  readonly children: (value: T) => ReactNode;
}

/** The answer; while there is none, what is waited for (after 300 ms) or why there is none. */
export function ReadState<T>({ reading, what, hint, children }: ReadStateProps<T>) {
  if (reading.value !== null) return children(reading.value);
  if (reading.problem === null) {
    return (
      <p className="profile-view-wait" role="status">
        <span className="ui-spinner" aria-hidden="true" /> Reading {what} …
      </p>
    );
  }
  return (
    <EmptyState icon="alert" title={reading.problem.message}>
      {hint}
    </EmptyState>
  );
}
