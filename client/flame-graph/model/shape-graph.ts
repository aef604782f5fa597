import type { FlameFrame, FlameGraph } from '../../../protocol/index.ts';
import type { FlameOptions } from './flame-options.ts';
import { keepFound } from './keep-found.ts';
import { FAMILY_TITLES, familyOf, type PackageFamily, packageOf } from './package-family.ts';
import { type Groups, regroupGraph } from './regroup-graph.ts';
import { isFound, wordOf } from './search-names.ts';

export interface Shape {
  readonly options: FlameOptions;
  readonly search: string;
  readonly own: readonly string[];
}

/** A graph as the options want it: families left out first, then taken together, then what the search keeps of that. */
export function shapeGraph(graph: FlameGraph, { options, search, own }: Shape): FlameGraph {
  const { tree, off, offAs, onlyFound } = options;
  const leftOut = offAs === 'left-out' && off.length > 0;
  let shaped = leftOut ? regroupGraph(graph, withoutFamilies(graph.frames, off, own)) : graph;
  if (tree !== 'functions') shaped = regroupGraph(shaped, grouped(shaped.frames, tree, own));
  const word = wordOf(search);
  if (!onlyFound || word === '') return shaped;
  return keepFound(
    shaped,
    Uint8Array.from(shaped.frames, ({ name }) => Number(isFound(name, word))),
  );
}

function withoutFamilies(frames: FlameFrame[], off: readonly PackageFamily[], own: readonly string[]): Groups {
  const groupOf = Int32Array.from(frames, (frame, index) => (off.includes(familyOf(frame, own)) ? -1 : index));
  return { frames, groupOf, melt: false };
}

function grouped(frames: readonly FlameFrame[], tree: 'packages' | 'families', own: readonly string[]): Groups {
  const groups: FlameFrame[] = [];
  const known = new Map<string, number>();
  const groupOf = Int32Array.from(frames, (frame) => {
    const path = frame.package === '' ? packageOf(frame.name) : frame.package;
    const family = familyOf(frame, own);
    const ofPackage = tree === 'packages' ? path || 'assembly' : FAMILY_TITLES[family];
    const name = family === 'label' ? frame.name : ofPackage;
    const group = known.get(name) ?? groups.push({ name, file: '', line: 0, package: path }) - 1;
    known.set(name, group);
    return group;
  });
  return { frames: groups, groupOf, melt: true };
}
