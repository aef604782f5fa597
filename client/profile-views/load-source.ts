import type { LineTable, SourceText } from '../../protocol/index.ts';
import type { ProfileQuery } from '../connection/index.ts';
import { addMatcher } from './model/add-matcher.ts';
import type { ProfileViewApi } from './profile-view-props.ts';

export interface SourceReading {
  /** Builds with samples in this selection, the most expensive first. */
  readonly versions: readonly { readonly value: string; readonly amount: number }[];
  /** Whose text and costs these are; null: a text that all builds share. */
  readonly version: string | null;
  readonly source: SourceText | null;
  /** Why there is no text, in the lab's words. */
  readonly missing: string | null;
  /** null: nothing of this selection runs through the file. */
  readonly lines: LineTable | null;
}

/**
 * A file's text with what its lines cost. Costs of own code are those of the one build that the text is of: other builds' line
 * numbers would point at other lines.
 */
export async function loadSource(
  api: ProfileViewApi,
  wanted: { readonly query: ProfileQuery; readonly file: string; readonly version: string | null },
  signal: AbortSignal,
): Promise<SourceReading> {
  const { query, file } = wanted;
  const { labels } = await api.readBreakdown(query, signal);
  const versions = (labels.find(({ name }) => name === 'version')?.values ?? []).filter(({ value }) => value !== '');
  const version = wanted.version ?? versions[0]?.value ?? null;
  const found = await unlessRefused(api.readSource({ version, file }, signal), 'no-source');
  const source = typeof found === 'string' ? null : found;
  const ofBuild = source?.origin === 'build' ? version : null;
  const match = ofBuild === null ? query.match : addMatcher(query.match, 'version', ofBuild);
  const lines = await unlessRefused(api.readLines({ ...query, match, file }, signal), 'no-data');
  return {
    versions,
    version: ofBuild,
    source,
    missing: typeof found === 'string' ? found : null,
    lines: typeof lines === 'string' ? null : lines,
  };
}

/** The lab's message instead, when it refuses with that code. */
async function unlessRefused<T>(answer: Promise<T>, code: string): Promise<T | string> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === code) return cause.message;
    throw cause;
  }
}
