import type { Gate, VerdictName } from '../../protocol/index.ts';
import type { IconName } from '../ui/index.ts';

export type VerdictWords = {
  title: string;
  /** What it means, whatever the numbers. */
  means: string;
  tone: 'good' | 'bad' | 'warn';
  icon: IconName;
};

export const VERDICT_WORDS: Readonly<Record<VerdictName, VerdictWords>> = {
  fixed: {
    title: 'Fixed',
    means: 'The symptom is gone, the service still does all of its work, and the budget is met.',
    tone: 'good',
    icon: 'check',
  },
  'not-fixed': {
    title: 'Not fixed yet',
    means: 'The service behaves, but it still costs more than the budget allows.',
    tone: 'bad',
    icon: 'close',
  },
  'moved-elsewhere': {
    title: 'Moved elsewhere',
    means: 'The planted symptom is gone, but another frame has grown and the budget is not met.',
    tone: 'bad',
    icon: 'flip',
  },
  'wrong-behaviour': {
    title: 'Wrong behaviour',
    means: 'The service does not do what it must, so speed does not count.',
    tone: 'bad',
    icon: 'alert',
  },
  inconclusive: {
    title: 'Can’t tell yet',
    means: 'The interval is too wide to be sure either way. A longer check on a quieter machine decides.',
    tone: 'warn',
    icon: 'scale',
  },
  error: {
    title: 'Could not be judged',
    means: 'The code did not build, or the check itself failed. Nothing was said about the fix.',
    tone: 'warn',
    icon: 'alert',
  },
};

/** What the six gates are about; shown before the first check, and as the order of the card. */
export const GATES: readonly { id: Gate['id']; title: string; about: string }[] = [
  { id: 'G1', title: 'Behaviour', about: 'every answer is still right, on requests nobody has seen' },
  { id: 'G2', title: 'Conservation', about: 'all the work offered is done, without errors' },
  { id: 'G3', title: 'Symptom', about: 'the planted cost is gone, three windows running' },
  { id: 'G4', title: 'Budget', about: 'cost per request is close to a good solution’s' },
  { id: 'G5', title: 'Held-out load', about: 'it also holds on traffic of another shape' },
  { id: 'G6', title: 'Instruments', about: 'profile rates and harness are untouched' },
];
