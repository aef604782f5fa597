import type { Labels } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { LABEL_NAME } from './query-parameters.ts';

const LABEL_VALUE = 256;
const MAX_LABELS = 32;

/** The labels that a series may be given: `bad-request` for a name, `over-limit` for long values or too many. */
export function checkSeriesLabels(labels: Labels): void {
  const count = Object.keys(labels).length;
  if (count > MAX_LABELS) throw new AppError('over-limit', `${count} labels; at most ${MAX_LABELS}.`);
  for (const [label, value] of Object.entries(labels)) checkLabel(label, value);
}

function checkLabel(label: string, value: string): void {
  if (!LABEL_NAME.test(label)) {
    throw new AppError(
      'bad-request',
      `${JSON.stringify(label)} is not a label name: letters, digits and _, at most 64.`,
    );
  }
  if (value.length > LABEL_VALUE) {
    throw new AppError('over-limit', `The label ${label} has ${value.length} characters; at most ${LABEL_VALUE}.`);
  }
}
