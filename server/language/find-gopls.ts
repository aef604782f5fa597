import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The language server where people have it: on the PATH, or where `go install` puts it (GOBIN, GOPATH/bin, ~/go/bin; Go doc
 * `go help install`). Folders that aren't absolute are left out. Null when there is none.
 */
export async function findGopls(environment: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const { PATH = '', Path = '', GOBIN = '', GOPATH = '' } = environment;
  const folders = [
    ...(PATH || Path).split(delimiter),
    GOBIN,
    ...GOPATH.split(delimiter).map((folder) => folder && join(folder, 'bin')),
    join(homedir(), 'go', 'bin'),
  ];
  const name = process.platform === 'win32' ? 'gopls.exe' : 'gopls';
  for (const folder of folders) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, name);
    if (await isProgram(file)) return file;
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
