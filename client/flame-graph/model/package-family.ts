import type { FlameFrame } from '../../../protocol/index.ts';

/**
 * own: the code that the reader can change; module: downloaded; std: Go's library; runtime: scheduler, allocator, GC; label: no
 * function but a label's value, by which the tree is grouped.
 */
export type PackageFamily = FunctionFamily | 'label';
export type FunctionFamily = 'own' | 'module' | 'std' | 'runtime';

/** The package of frames that are a label's value: no import path has a space. */
export const LABEL_PACKAGE = 'label value';

/** What can be switched off, in the order of the legend. */
export const FAMILIES: readonly FunctionFamily[] = ['own', 'module', 'std', 'runtime'];

export const FAMILY_TITLES: Readonly<Record<PackageFamily, string>> = {
  own: 'Your code',
  module: 'Modules',
  std: 'Standard library',
  runtime: 'Go runtime',
  label: 'Label values',
};

/** First path segments of Go's standard library, `go list std` of Go 1.26. */
const STANDARD = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go ' +
    'hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort ' +
    'strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak'
  ).split(' '),
);

/** Besides `runtime` itself and assembly without a package; runtime/pprof, runtime/debug and the like are libraries. */
const RUNTIME = ['internal/runtime', 'runtime/internal', 'internal/abi', 'internal/bytealg'];

/**
 * Which family a function belongs to. `own` are import-path prefixes; besides those, `main` and every path that is
 * neither the standard library's nor has a dot in its first segment (a local module such as `bazaar/search`) are own.
 */
export function familyOf(frame: Pick<FlameFrame, 'name' | 'package'>, own: readonly string[]): PackageFamily {
  const path = frame.package === '' ? packageOf(frame.name) : frame.package;
  if (path === LABEL_PACKAGE) return 'label';
  if (own.some((prefix) => isWithin(path, prefix))) return 'own';
  if (path === '' || path === 'runtime' || RUNTIME.some((prefix) => isWithin(path, prefix))) return 'runtime';
  const first = path.split('/', 1)[0] ?? '';
  if (STANDARD.has(first)) return 'std';
  return first.includes('.') ? 'module' : 'own';
}

/**
 * The import path in a Go symbol: up to the first dot after the last slash, type arguments and receivers apart.
 *
 *     net/http.(*conn).serve → net/http        slices.SortFunc[go.shape.[]uint8,…] → slices        gcWriteBarrier → ''
 */
export function packageOf(name: string): string {
  const head = headOf(name);
  const dot = head.indexOf('.', head.lastIndexOf('/') + 1);
  return dot < 0 ? '' : head.slice(0, dot);
}

/** The name without its import path's folders: `net/http.(*conn).serve` → `http.(*conn).serve`. */
export function shortName(name: string): string {
  return name.slice(headOf(name).lastIndexOf('/') + 1);
}

/** The name without its package: `net/http.(*conn).serve` → `(*conn).serve`. */
export function bareName(name: string): string {
  const path = packageOf(name);
  return path === '' ? name : name.slice(path.length + 1);
}

/**
 * What stands before type arguments and receivers: only there is a slash part of the import path. A name with a space in it is
 * no symbol but the value of a label, such as `GET /reports/sales.csv`, and has none.
 */
function headOf(name: string): string {
  const bracket = name.search(/[[(]/);
  const head = bracket < 0 ? name : name.slice(0, bracket);
  return head.includes(' ') ? '' : head;
}

function isWithin(path: string, prefix: string): boolean {
  return path === prefix || (path.startsWith(prefix) && path[prefix.length] === '/');
}
