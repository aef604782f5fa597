import { Icon, Segmented } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import type { FlameOptions } from './model/flame-options.ts';

export interface ViewMenuProps {
  readonly options: FlameOptions;
  readonly onOptions: (options: FlameOptions) => void;
}

const TREES = [
  { value: 'functions', label: 'Functions' },
  { value: 'packages', label: 'Packages' },
  { value: 'families', label: 'Families' },
] as const;
const OFF_AS = [
  { value: 'faded', label: 'Fade' },
  { value: 'left-out', label: 'Leave out' },
] as const;

/** How the tree is looked at. */
export function ViewMenu({ options, onOptions }: ViewMenuProps) {
  return (
    <Popover button={<Icon name="layers" />} label="View" align="end">
      {() => (
        <div className="flame-view-menu">
          <p>Tree of</p>
          <Segmented
            label="Tree of"
            options={TREES}
            value={options.tree}
            onChange={(tree) => onOptions({ ...options, tree })}
          />
          <p>Colours that are switched off below the picture</p>
          <Segmented
            label="Colours that are switched off"
            options={OFF_AS}
            value={options.offAs}
            onChange={(offAs) => onOptions({ ...options, offAs })}
          />
          <p className="flame-view-note">What is left out leaves its time with what called it.</p>
        </div>
      )}
    </Popover>
  );
}
