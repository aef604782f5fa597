const TREES = ['functions', 'packages', 'families'] as const;
const FAMILIES = ['own', 'module', 'std', 'runtime'] as const;
const OFF_AS = ['faded', 'left-out'] as const;

/** How a tree is looked at, as the flame graph's options have it. */
export interface TreeLook {
  readonly tree: (typeof TREES)[number];
  /** Families that are switched off, and what then becomes of them. */
  readonly off: readonly (typeof FAMILIES)[number][];
  readonly offAs: (typeof OFF_AS)[number];
  readonly onlyFound: boolean;
}

export const PLAIN_LOOK: TreeLook = { tree: 'functions', off: [], offAs: 'faded', onlyFound: false };

export const LOOK_PARAMETERS = ['tree', 'off', 'off.as', 'only'];

/** `tree=packages&off=std,runtime&off.as=left-out&only=found`, each only where it isn't as usual. */
export function pairsOfLook({ tree, off, offAs, onlyFound }: TreeLook): [string, string | null][] {
  return [
    ['tree', tree === PLAIN_LOOK.tree ? null : tree],
    ['off', off.join(',')],
    ['off.as', offAs === PLAIN_LOOK.offAs ? null : offAs],
    ['only', onlyFound ? 'found' : null],
  ];
}

export type ReadParameter = <T>(name: string, parse: (text: string) => T | null, expected: string) => T | null;

/** One of the words, or null. */
export const readOneOf = <T extends string>(read: ReadParameter, name: string, words: readonly T[]): T | null =>
  read(name, (text) => words.find((word) => word === text) ?? null, `one of ${words.join(', ')}`);

export function lookFromParameters(read: ReadParameter): TreeLook {
  const families = (text: string) => {
    const named = text.split(',');
    return named.every((name) => FAMILIES.some((family) => family === name))
      ? FAMILIES.filter((family) => named.includes(family))
      : null;
  };
  return {
    tree: readOneOf(read, 'tree', TREES) ?? PLAIN_LOOK.tree,
    off: read('off', families, `some of ${FAMILIES.join(',')}`) ?? PLAIN_LOOK.off,
    offAs: readOneOf(read, 'off.as', OFF_AS) ?? PLAIN_LOOK.offAs,
    onlyFound: readOneOf(read, 'only', ['found']) !== null,
  };
}
