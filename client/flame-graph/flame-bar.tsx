import type { RefObject } from 'react';
import { capital, formatCount, formatShare, Icon, IconButton } from '../ui/index.ts';
import { KeyList } from './key-list.tsx';
import type { FlameOptions } from './model/flame-options.ts';
import type { Picture } from './model/picture.ts';
import { ViewMenu } from './view-menu.tsx';

export interface Crumb {
  readonly key: number;
  readonly name: string;
}

export interface FlameBarProps {
  /** From the root to the zoomed frame; one entry when nothing is zoomed. */
  readonly crumbs: readonly Crumb[];
  readonly onCrumb: (index: number) => void;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** `share` null: it is not to be said. */
  readonly result: { readonly nodes: number; readonly share: number | null } | null;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly upward: boolean;
  readonly onTurn: () => void;
  readonly options: FlameOptions;
  readonly onOptions: (options: FlameOptions) => void;
  readonly onSave: () => void;
  /** null: there is nothing to compare with. */
  readonly commonScale: boolean | null;
  readonly onScale: () => void;
  readonly sides: Picture['sides'];
}

/** Above the picture: where one is, what is looked for, and how it is drawn. */
export function FlameBar(props: FlameBarProps) {
  const { crumbs, onCrumb, upward, onTurn, commonScale, onScale, sides, options, onOptions, onSave } = props;
  return (
    <div className="flame-bar">
      <Breadcrumb crumbs={crumbs} onCrumb={onCrumb} />
      <FrameSearch {...props} />
      <IconButton
        icon="filter"
        label={
          options.onlyFound
            ? 'Only stacks with what is found: press to show all'
            : 'Keep only stacks with what is found'
        }
        pressed={options.onlyFound}
        onClick={() => onOptions({ ...options, onlyFound: !options.onlyFound })}
      />
      {commonScale !== null && (
        <IconButton
          icon="scale"
          label={
            commonScale
              ? `${capital(sides.before)} and ${sides.after} share one scale: press to fill the width`
              : `Draw ${sides.before} and ${sides.after} to one scale`
          }
          pressed={commonScale}
          onClick={onScale}
        />
      )}
      <IconButton
        icon="flip"
        label={upward ? 'Root at the bottom: press to turn over' : 'Root at the top: press to turn over'}
        onClick={onTurn}
      />
      <ViewMenu options={options} onOptions={onOptions} />
      <IconButton icon="download" label="Save the picture as PNG" onClick={onSave} />
      <KeyList />
    </div>
  );
}

function FrameSearch({ search, onSearch, result, searchRef }: FlameBarProps) {
  return (
    <search className="flame-search">
      <Icon name="search" />
      <input
        ref={searchRef}
        type="search"
        value={search}
        placeholder="Search frames"
        aria-label="Search frames by name"
        aria-keyshortcuts="/"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onSearch('')}
      />
      <output className="flame-search-result" aria-live="polite">
        {result !== null && formatCount(result.nodes)}
        {result !== null && result.share !== null && ` · ${formatShare(result.share)}`}
      </output>
    </search>
  );
}

function Breadcrumb({ crumbs, onCrumb }: Pick<FlameBarProps, 'crumbs' | 'onCrumb'>) {
  return (
    <nav className="flame-crumbs" aria-label="Zoom">
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={crumb.key}>
            <button
              type="button"
              title={crumb.name}
              aria-current={index === crumbs.length - 1 ? 'location' : undefined}
              onClick={() => onCrumb(index)}
            >
              {crumb.name}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
