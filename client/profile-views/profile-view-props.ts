import type { Api, ProfileQuery } from '../connection/index.ts';

/** The lab's calls that these panels make. */
export type ProfileViewApi = Pick<Api, 'readTop' | 'readCallers' | 'readLines' | 'readBreakdown' | 'readSource'>;

export interface ProfileViewProps {
  readonly api: ProfileViewApi;
  readonly query: ProfileQuery;
  /** Another number: there is newer data, read again. */
  readonly revision: number;
  /** A function was picked, by its whole name. */
  readonly onFunction: (name: string) => void;
  /** A function's place in the sources was picked; line 0: its hottest one. */
  readonly onFile: (file: string, line: number, of: string) => void;
}
