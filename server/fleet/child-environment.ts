/** What a child may see of the environment of the lab: where things are and how to print, never credentials. */
const ALLOWED = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'LOCALAPPDATA',
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

export function childEnvironment(own: Variables, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of ALLOWED) {
    const value = own[name];
    if (value !== undefined) result[name] = value;
  }
  return { ...result, ...extra };
}
