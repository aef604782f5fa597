import type { Labels } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { LABEL_NAME } from './query-parameters.ts';

const LABEL_VALUE = 256;
const MAX_LABELS = 32;
/** The kind of a profile is no label; __name__ is what Prometheus calls a metric. */
const RESERVED: ReadonlySet<string> = new Set(['kind', '__name__']);

/** The labels that a series may be given: `bad-request` for a name, `over-limit` for long values or too many. */
export function checkSeriesLabels(labels: Labels): void {
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS) throw new AppError('over-limit', `${count} labels; at most ${MAX_LABELS}.`);
  for (const [label, value] of Object.entries(labels)) checkLabel(label, value);
}

/** What a push may call a label and give it: `bad-request` for names that selectors and answers use, and for control characters. */
export function checkPushedLabel(label: string, value: string): void {
  checkLabel(label, value);
  if (RESERVED.has(label)) {
    throw new AppError('bad-request', `${label} can't be the name of a label: it is reserved. Choose another.`);
  }
  const control = /\p{Cc}/u.exec(value);
  if (control === null) return;
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw new AppError(
    'bad-request',
    `The value of the label ${label} has the control character U+${code} at position ${control.index}; expected text without any.`,
  );
}

function checkLabel(label: string, value: string): void {
  if (!LABEL_NAME.test(label)) {
    throw new AppError(
      'bad-request',
      `${JSON.stringify(label)} is not a label name; expected letters, digits and _, no digit first, at most 64.`,
    );
  }
  if (value.length > LABEL_VALUE) {
    throw new AppError('over-limit', `The label ${label} has ${value.length} characters; at most ${LABEL_VALUE}.`);
  }
}
