import { AppError } from '../errors.ts';

export const MAX_DEPTH = 10;
const MAX_NAME = 300;
/** Names that Windows takes for devices, with any ending: `con.go` too. Refused on every OS, so that a workspace can move. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)(?:\.|$)/i;
/** Plain ASCII without what an OS or a URL reads as something else: `\ : % ~ $ *`, spaces, control characters. */
const PART = /^[A-Za-z0-9_][A-Za-z0-9_.+=@,-]*$/;

/**
 * The one rule for names of files in the workspace: relative, `/` between parts, each part plain ASCII that doesn't begin
 * with a dot or a dash and doesn't end in a dot. Everything else is refused, never repaired.
 *
 *     search/validate.go                                  clean
 *     ../x  /x  C:/x  a//b  a/./b  a\b  a%2eb  CON.go     bad-path
 *     x.go::$DATA  x.go.  "x.go "  .git/config            bad-path
 */
export function isCleanName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME) return false;
  const parts = name.split('/');
  return (
    parts.length <= MAX_DEPTH && parts.every((part) => PART.test(part) && !part.endsWith('.') && !DEVICE.test(part))
  );
}

export function checkCleanName(name: string): void {
  if (isCleanName(name)) return;
  const shown = JSON.stringify(name.slice(0, 100));
  throw new AppError('bad-path', `${shown} can't be a file of the workspace: use names like search/validate.go`);
}
