import { useState } from 'react';
import type { FlameGraphProps } from './flame-graph-props.ts';
import { type FlameOptions, PLAIN_OPTIONS } from './model/flame-options.ts';
import { FAMILIES, type FunctionFamily } from './model/package-family.ts';

/** The options, kept here unless the page keeps them. */
export function useFlameOptions(props: Pick<FlameGraphProps, 'options' | 'onOptions'>) {
  const [kept, setKept] = useState<FlameOptions>(PLAIN_OPTIONS);
  const options = props.options ?? kept;
  const setOptions = props.onOptions ?? setKept;
  const toggleFamily = (family: FunctionFamily) => {
    const off = options.off.includes(family) ? options.off.filter((one) => one !== family) : [...options.off, family];
    setOptions({ ...options, off });
  };
  return {
    options,
    setOptions,
    toggleFamily,
    toggleFamilyAt: (place: number) => {
      const family = FAMILIES[place];
      if (family !== undefined) toggleFamily(family);
    },
    toggleFound: () => setOptions({ ...options, onlyFound: !options.onlyFound }),
  };
}
