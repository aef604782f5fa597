/**
 * A selector that also wants a label to have this value, in the lab's PromQL form (names that aren't words stand in quotes).
 *
 *     {service="search"} + tenant=acme      → {service="search",tenant="acme"}
 *     "" + http.route=/cart                 → {"http.route"="/cart"}
 */
export function addMatcher(match: string, label: string, value: string): string {
  const name = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label) ? label : JSON.stringify(label);
  const matcher = `${name}=${JSON.stringify(value)}`;
  const inside = match
    .trim()
    .replace(/^\{|\}$/g, '')
    .replace(/,?\s*$/, '')
    .trim();
  return inside === '' ? `{${matcher}}` : `{${inside},${matcher}}`;
}
