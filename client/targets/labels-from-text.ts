/** `service=api zone=a` (spaces or commas between) → labels; a sentence about the first part that isn't one. */
export function labelsFromText(text: string): Record<string, string> | string {
  const labels: Record<string, string> = {};
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) return `${part} is not a label: write name=value, e.g. service=api.`;
    labels[name] = value;
  }
  return labels;
}
