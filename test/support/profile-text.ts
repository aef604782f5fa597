import { type FlameGraph, ROOT_FRAME, type TopTable, TRIMMED_FRAME } from '../../protocol/index.ts';
import type { LabelSet, Profile, ProfileLabel } from '../../server/profile/index.ts';
import { ProfileBuilder } from './profile-builder.ts';

export interface ProfileTextOptions {
  /** `type/unit` of each value column. */
  readonly types?: readonly string[];
  readonly timeNanos?: bigint;
  readonly durationNanos?: bigint;
}

/**
 * A profile drawn as text: a sample a line, root first, then a value for each sample type, then labels.
 *
 *     main.main;main.work 10
 *     main.main;main.work>main.add 5             main.add is inlined into main.work: one location, two lines
 *     main.main;?libc.so.6 2 {tenant=acme}       no symbols: an address in a mapping of that name
 *     - 7                                        no stack at all
 *     main.main -3 {tenant=acme,bytes=64 bytes}  a number is a numeric label, with its unit
 *
 * Every function is in the file of its package, `main.work` in main.go, and every call on line 1.
 */
export function profileFromText(text: string, options: ProfileTextOptions = {}): Profile {
  const builder = new ProfileBuilder((options.types ?? ['cpu/nanoseconds']).map(sampleTypeFromText));
  for (const line of text.split('\n')) {
    if (line.trim() !== '') addSample(builder, line.trim());
  }
  return builder.build({ timeNanos: options.timeNanos ?? 0n, durationNanos: options.durationNanos ?? 0n });
}

function sampleTypeFromText(text: string) {
  const [type = '', unit = ''] = text.split('/');
  return { type, unit };
}

function addSample(builder: ProfileBuilder, line: string): void {
  const parts = /^(\S+?)((?:\s+-?\d+)+)(?:\s+\{(.*)\})?$/.exec(line);
  if (parts === null) throw new Error(`not a sample: ${line}`);
  const [, path = '', values = '', labels = ''] = parts;
  const stack =
    path === '-'
      ? []
      : path
          .split(';')
          .toReversed()
          .map((frame) => addLocation(builder, frame));
  builder.addSample(stack, values.trim().split(/\s+/).map(BigInt), labelsFromText(labels));
}

function addLocation(builder: ProfileBuilder, frame: string): number {
  if (frame.startsWith('?')) {
    const mapping = builder.mapping({ file: frame.slice(1) });
    return builder.location(frame, { mapping, address: 0x1000n, lines: [] });
  }
  const lines = frame
    .split('>')
    .toReversed()
    .map((name) => ({ functionIndex: builder.function(name, fileOf(name)), line: 1 }));
  return builder.location(frame, { mapping: -1, address: 0n, lines });
}

function fileOf(name: string): string {
  return `${name.split('.')[0]}.go`;
}

function labelsFromText(text: string): LabelSet {
  return text === '' ? [] : text.split(',').map(labelFromText);
}

function labelFromText(text: string): ProfileLabel {
  const [key = '', value = ''] = text.split('=');
  const number = /^(-?\d+)(?: (\w+))?$/.exec(value);
  if (number === null) return { key, text: value, number: null, unit: '' };
  return { key, text: '', number: BigInt(number[1] ?? 0), unit: number[2] ?? '' };
}

/**
 * A flame graph drawn as text, in the order of its nodes: indented by depth, total, and self where there is any.
 *
 *     root 11
 *       main.a 11 (1)
 *         main.b 10 (10)
 */
export function textFromFlameGraph(graph: FlameGraph): string {
  const { parent, frame, total, self } = graph.nodes;
  const children = new Map<number, number[]>();
  parent.forEach((above, node) => {
    children.set(above, [...(children.get(above) ?? []), node]);
  });
  const draw = (node: number, depth: number): string[] => {
    const own = self[node] === 0 ? '' : ` (${self[node]})`;
    const line = `${'  '.repeat(depth)}${nameOf(graph, frame[node] ?? ROOT_FRAME)} ${total[node]}${own}`;
    return [line, ...(children.get(node) ?? []).flatMap((child) => draw(child, depth + 1))];
  };
  return draw(0, 0).join('\n');
}

function nameOf(graph: FlameGraph, frame: number): string {
  if (frame === ROOT_FRAME) return 'root';
  return frame === TRIMMED_FRAME ? '(trimmed)' : (graph.frames[frame]?.name ?? `frame ${frame}?`);
}

/** `name flat cum`, a row a line. */
export function textFromTop(top: TopTable): string {
  return top.rows.map(({ name, flat, cum }) => `${name} ${flat} ${cum}`).join('\n');
}

/** Drawn text without the indentation that it has in a test. */
export function dedent(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n');
}
