import type { ProfileMapping } from './profile.ts';

/**
 * What a frame is called, as `go tool pprof -symbolize=none` prints it: the function's name byte for byte; without one the
 * file of the mapping, `[libc.so.6]`; without that `<unknown>`.
 */
export function frameName(functionName: string, mapping: ProfileMapping | undefined): string {
  if (functionName !== '') return functionName;
  if (mapping === undefined || mapping.file === '') return '<unknown>';
  return `[${mapping.file.replace(/\/+$/, '').split('/').at(-1) ?? ''}]`;
}
