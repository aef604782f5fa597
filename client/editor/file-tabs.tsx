import { type FilesState, isDirty } from '../state/index.ts';

export interface FileTabsProps {
  readonly state: FilesState;
  readonly onOpen: (path: string) => void;
}

/** The open file's name with its dirty mark; any other file of the workspace is one choice away. */
export function FileTabs({ state, onOpen }: FileTabsProps) {
  const open = Object.values(state.buffers);
  const paths = [...new Set([...open.map((buffer) => buffer.path), ...state.files.map((file) => file.path)])].sort();
  const buffer = state.active === null ? undefined : state.buffers[state.active];
  return (
    <div className="file-tabs">
      <span className="file-dirty" data-dirty={buffer !== undefined && isDirty(buffer)} aria-hidden="true" />
      <select aria-label="File" value={state.active ?? ''} onChange={(event) => onOpen(event.target.value)}>
        {paths.map((path) => {
          const known = state.buffers[path];
          return (
            <option key={path} value={path}>
              {known && isDirty(known) ? `${path} (not saved)` : path}
            </option>
          );
        })}
      </select>
    </div>
  );
}
