/**
 * The package of a Go function, from the name that the compiler gives it; '' for names that aren't Go's.
 *
 *     net/http.(*conn).serve            → net/http
 *     main.main.func1                   → main
 *     slices.SortFunc[go.shape.[]a/b.T] → slices
 *     gopkg.in/yaml%2ev3.Unmarshal      → gopkg.in/yaml.v3     dots of the last path element are escaped
 *     [libc.so.6], memcpy               → ''
 */
export function packageOfFunction(name: string): string {
  const plain = name.slice(0, name.search(/[[(]|$/));
  const dot = plain.indexOf('.', plain.lastIndexOf('/') + 1);
  if (dot <= 0 || plain.includes('::')) return '';
  return plain
    .slice(0, dot)
    .replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
