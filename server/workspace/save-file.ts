import type { SaveConflict, SaveRequest, WorkspaceText } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';
import { type ConfinedFiles, versionOf } from './confined-files.ts';
import { bytesFromText, isSame, textFromBytes, timeName } from './text.ts';
import { isAside, MAX_FILES, walkFiles } from './walk-files.ts';

export interface SaveParts {
  readonly root: string;
  readonly files: ConfinedFiles;
  readonly now: () => number;
  /** Told before the content gets its name, so that a watcher knows it for our own. */
  readonly onWrite: (name: string, version: string) => void;
}

/**
 * Writes a text if the file is still the version that the editor started from (null: if there is no file yet). Else both
 * are kept: the file as it is, the refused text beside it, and `version-conflict` tells of both. A file that was removed
 * meanwhile is written anew: nothing is lost by that.
 */
export async function saveFile(request: SaveRequest, parts: SaveParts): Promise<WorkspaceText> {
  const { path, text, version } = request;
  const content = bytesFromText(text);
  const current = await parts.files.read(path);
  const saved = { path, version: versionOf(content), text };
  if (isSame(current, content)) return saved;
  if (current !== undefined && versionOf(current) !== version) throw await refuse(request, current, parts);
  if (current === undefined) await checkRoom(parts.root, path);
  parts.onWrite(path, saved.version);
  const isExclusive = current === undefined;
  const isWritten = await parts.files.write(path, content, isExclusive);
  if (!isWritten)
    throw new AppError('version-conflict', `${path} was created by somebody else just now: load it again`);
  return saved;
}

async function refuse(request: SaveRequest, current: Uint8Array, parts: SaveParts): Promise<AppError> {
  const { path } = request;
  const keptAs = await keepAside(request, parts);
  const detail: SaveConflict = { path, version: versionOf(current), text: textFromBytes(path, current), keptAs };
  const message = `${path} was changed by somebody else since it was loaded; the refused text is kept as ${keptAs}`;
  return new AppError('version-conflict', message, { detail });
}

async function keepAside({ path, text }: SaveRequest, { files, now, onWrite }: SaveParts): Promise<string> {
  const content = bytesFromText(text);
  const stem = `${path}.conflict-${timeName(now())}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    onWrite(name, versionOf(content));
    if (await files.write(name, content, true)) return name;
  }
}

async function checkRoom(root: string, path: string): Promise<void> {
  const { files } = await walkFiles(root);
  const count = files.filter((file) => !isAside(file.name)).length;
  if (count >= MAX_FILES)
    throw new AppError('over-limit', `${path} would be file ${count + 1}, the limit is ${MAX_FILES}`);
}
