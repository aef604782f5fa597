import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../../server/config.ts';
import { findGopls, type Language } from '../../../server/language/index.ts';
import { type Core, createCore } from '../../../server/wiring/core.ts';
import { openLanguage } from '../../../server/wiring/open-language.ts';

/** gopls itself, on the installed workspace; where it isn't installed there is nothing to test. */
const gopls = await findGopls(process.env);

describe.skipIf(gopls === null)('gopls', () => {
  let folder: string;
  let core: Core;
  let language: Language;
  const path = 'search/validate.go';
  const workspace = () => join(folder, 'workspace');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flamelab-gopls-'));
    core = createCore(resolveConfig({ data: join(folder, 'data'), workspace: workspace() }));
    await core.workspace.ensure();
    language = openLanguage(workspace(), core);
  });
  afterAll(async () => {
    await language.close();
    await core.close();
    await rm(folder, { recursive: true, force: true });
  });
  const text = async () => (await core.workspace.readFile(path)).text;

  test('finds nothing wrong with the installed file, and an error in a text that isn’t saved', async () => {
    expect(await language.problems({ path, text: await text() })).toEqual({ available: true, problems: [] });
    const broken = `${await text()}\nfunc broken() int { return missing }\n`;
    const { problems } = await language.problems({ path, text: broken });
    expect(problems).toMatchObject([{ severity: 'error', message: 'undefined: missing', source: 'compiler' }]);
    const line = broken.split('\n').length - 1;
    expect(problems?.[0]).toMatchObject({ from: { line, column: 28 }, to: { line, column: 35 } });
  });

  test('knows declaration and documentation of a name of the standard library', async () => {
    const shown = `package main\n\nimport "strings"\n\nvar upper = strings.ToUpper("a")\n`;
    const { hover } = await language.hover({ path, text: shown, at: { line: 5, column: 24 } });
    expect(hover?.declaration).toContain('func strings.ToUpper(s string) string');
    expect(hover?.documentation).toContain('ToUpper returns s with all Unicode letters mapped to their upper case');
    expect(hover).toMatchObject({ from: { line: 5, column: 21 }, to: { line: 5, column: 28 } });
  });

  test('sees what was written to another file of the package', async () => {
    const shown = `${await text()}\nvar _ = elsewhere\n`;
    expect((await language.problems({ path, text: shown })).problems).toMatchObject([
      { message: 'undefined: elsewhere' },
    ]);
    await writeFile(join(workspace(), 'search', 'elsewhere.go'), 'package main\n\nconst elsewhere = 1\n');
    language.noticeFiles(['search/elsewhere.go']);
    expect(await language.problems({ path, text: shown })).toEqual({ available: true, problems: [] });
  });
});
