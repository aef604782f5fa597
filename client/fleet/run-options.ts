import type { RunView } from '../../protocol/index.ts';

export interface RunOption {
  readonly run: string;
  /** All that tells it from the others, in words. */
  readonly label: string;
}
export interface RunGroup {
  readonly service: string;
  readonly options: readonly RunOption[];
}

const SHORT_BUILD = 8;

/**
 * The runs to choose from, by service (`first` before the others), newest first; `runs`: in the order of their start. A verdict starts runs under the
 * names of the twin's two sides, and a resumed fleet starts its own anew: what is otherwise the same is numbered.
 *
 *     search   read-a-flame-s1 · check 2 · build 3fa9c1d2 · stopped
 *              read-a-flame-s1 · check 1 · build 3fa9c1d2 · stopped
 *              read-a-flame-s1 · twin · build 3fa9c1d2 · up
 *              search-1 · fleet · build 77ab01fe · up
 */
export function runOptions(runs: readonly RunView[], first?: string): readonly RunGroup[] {
  const roles = runs.map((run, index) => roleOf(run, runs.slice(0, index)));
  const names = runs.map(({ instance }, index) => `${instance} ${roles[index]}`);
  const groups = new Map<string, RunOption[]>();
  for (const [index, run] of runs.entries()) {
    const same = names.filter((name) => name === names[index]).length;
    const number = names.slice(0, index + 1).filter((name) => name === names[index]).length;
    const role = same > 1 ? `${roles[index]} ${number}` : roles[index];
    const label = [run.instance, role, `build ${run.version.slice(0, SHORT_BUILD)}`, run.state].join(' · ');
    groups.set(run.service, [{ run: run.run, label }, ...(groups.get(run.service) ?? [])]);
  }
  const all = [...groups].map(([service, options]) => ({ service, options }));
  return [...all.filter(({ service }) => service === first), ...all.filter(({ service }) => service !== first)];
}

/** A check's run has the instance of a run that stood before it, or is the reference; a twin's candidate is the first of its name. */
function roleOf(run: RunView, earlier: readonly RunView[]): string {
  if (run.role === 'fleet') return 'fleet';
  if (run.role === 'support') return `called by ${run.instance.replace(`-${run.service}`, '')}`;
  const known = earlier.some(({ instance, role }) => instance === run.instance && role !== 'support');
  if (known) return 'check';
  if (run.instance.endsWith('-reference')) return 'check';
  return run.instance.endsWith('-baseline') ? 'baseline' : 'twin';
}
