import { useState } from 'react';
import type { FrameDetails } from './model/picture.ts';

/** Copies names and stacks; `said` tells what became of it. */
export function useCopying() {
  const [said, setSaid] = useState('');
  const copy = (text: string, what: string) => {
    navigator.clipboard?.writeText(text).then(
      () => setSaid(`Copied ${what}`),
      () => setSaid('The browser refused to copy'),
    );
  };
  return {
    said,
    forget: () => setSaid(''),
    copyName: ({ name }: FrameDetails) => copy(name, name),
    /** Root first, one function a line. */
    copyStack: ({ path, name }: FrameDetails) =>
      copy(path.join('\n'), `the stack of ${name}, ${path.length} functions`),
  };
}
