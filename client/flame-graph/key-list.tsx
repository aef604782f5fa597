import { Icon } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓ ← →', 'move from frame to frame'],
  ['Enter', 'zoom in; again: out'],
  ['Space', 'choose the frame'],
  ['Backspace, Esc', 'one level out'],
  ['Home', 'all'],
  ['/', 'search'],
  ['f', 'keep only what is found'],
  ['t', 'turn over: flame or icicle'],
  ['c', 'copy the name'],
  ['C', 'copy the whole stack'],
  ['1 2 3 4', 'your code, modules, standard library, runtime on or off'],
];

/** What the keyboard does in the picture. */
export function KeyList() {
  return (
    <Popover button={<Icon name="keyboard" />} label="Keys" align="end">
      {() => (
        <dl className="flame-keys">
          {KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
    </Popover>
  );
}
