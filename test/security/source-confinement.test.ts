import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBody, sourceText } from '../../protocol/index.ts';
import { createSourceFinder } from '../../server/wiring/find-source.ts';
import { type OpenFleet, openFleet } from '../support/open-fleet.ts';
import { type OpenLab, openLab } from '../support/open-lab.ts';
import { tinyModule } from '../support/tiny-module.ts';

const SECRET = 'package secret\n';

describe('source files over HTTP are confined to snapshots of builds and to Go’s own library', () => {
  let fleet: OpenFleet;
  let lab: OpenLab;
  let build: { readonly id: string; readonly sources: string };

  beforeAll(async () => {
    fleet = openFleet();
    const outcome = await fleet.toolchain.build({ service: 'tiny', files: tinyModule() });
    if (!outcome.ok) throw new Error(outcome.output);
    build = outcome.build;
    put(join(fleet.dir, 'outside/secret.go'), SECRET);
    put(join(dirname(build.sources), 'secret.go'), SECRET);
    put(`${build.sources}-other/secret.go`, SECRET);
    lab = await openLab({ rooms: { sources: createSourceFinder(fleet.toolchain) } });
  });
  afterAll(async () => {
    await lab.close();
    await fleet.close();
  });

  const ask = async (file: string, version: string) => {
    const query = new URLSearchParams({ file, version });
    const answer = await fetch(`${lab.url}/api/source?${query}`, { headers: lab.bearer });
    return { status: answer.status, body: await answer.json() };
  };

  it('reads a file of a build, as it was built', async () => {
    const { status, body } = await ask('bazaar/tiny/main.go', build.id);
    expect(status).toBe(200);
    const main = new TextDecoder().decode(tinyModule().get('tiny/main.go'));
    expect(sourceText.parse(body)).toEqual({
      file: 'bazaar/tiny/main.go',
      origin: 'build',
      of: build.id,
      text: main,
    });
  });

  it('reads Go’s library, by the names of programs built with and without -trimpath', async () => {
    const { body } = await ask('strings/builder.go', '');
    const trimmed = sourceText.parse(body);
    expect(trimmed).toMatchObject({ origin: 'go', of: expect.stringMatching(/^go1\./) });
    expect(trimmed.text).toContain('package strings');
    const place = await fleet.toolchain.locateSource('', 'strings/builder.go');
    if (!('root' in place)) throw new Error(place.reason);
    const whole = await ask(`${place.root}/strings/builder.go`, '');
    expect(sourceText.parse(whole.body).text).toBe(trimmed.text);
  });

  it.each([
    'bazaar/../secret.go',
    'bazaar/../../../../outside/secret.go',
    'bazaar/tiny/../../secret.go',
    'bazaar/../src-other/secret.go',
    'bazaar/%2e%2e/secret.go',
    'bazaar/..%2fsecret.go',
    'bazaar/..\\secret.go',
    'bazaar//etc/secret.go',
    'bazaar/./tiny/main.go',
    'bazaar/tiny/main.go\0.go',
    'bazaar/tiny/main.go::$DATA.go',
    'bazaar/CON.go',
    'bazaar/.git/config.go',
    'bazaar/tiny/none.go',
    '../src/strings/builder.go',
    '../../etc/passwd.go',
    'strings/../../VERSION.go',
    '/etc/hostname.go',
    '//etc/hostname.go',
    'C:/Windows/win.go',
    'C:\\Windows\\win.go',
    '\\\\host\\share\\x.go',
    'file:///etc/hostname.go',
    '~/x.go',
    'GOROOT/src/strings/builder.go',
  ])('has no source for %j', async (file) => {
    const { status, body } = await ask(file, build.id);
    expect([status, errorBody.parse(body).error.code]).toEqual([404, 'no-source']);
    expect(JSON.stringify(body)).not.toContain('package secret');
    expect(errorBody.parse(body).error.message).toContain('no source here');
  });

  it('has no absolute name beside Go’s library: its parent, and what lies in the build cache', async () => {
    const place = await fleet.toolchain.locateSource('', 'strings/builder.go');
    if (!('root' in place)) throw new Error(place.reason);
    for (const file of [
      `${place.root}/../VERSION.go`,
      `${place.root}-other/secret.go`,
      join(fleet.dir, 'outside/secret.go'),
      join(build.sources, 'tiny/main.go'),
    ]) {
      expect((await ask(file, build.id)).status).toBe(404);
    }
  });

  it.each(['', '..', '../..', 'x', '0123456789ABCDEF', 'work-1', '0000000000000000', `${'0'.repeat(16)}/..`])(
    'has no build %j',
    async (version) => {
      const { status, body } = await ask('bazaar/tiny/main.go', version);
      expect([status, errorBody.parse(body).error.code]).toEqual([404, 'no-source']);
    },
  );

  it('reads no other file than source: not the module file, not the binary', async () => {
    for (const file of ['bazaar/go.mod', 'bazaar/../bin', 'go.env', 'strings', 'bazaar/tiny']) {
      const { body } = await ask(file, build.id);
      expect(errorBody.parse(body).error.message).toContain('only .go and .s files are shown');
    }
  });

  it('follows no link out of a snapshot, and takes no hard link', async () => {
    symlinkSync(join(fleet.dir, 'outside/secret.go'), join(build.sources, 'tiny/link.go'));
    symlinkSync(join(fleet.dir, 'outside'), join(build.sources, 'folder'));
    linkSync(join(fleet.dir, 'outside/secret.go'), join(build.sources, 'tiny/hard.go'));
    for (const file of ['bazaar/tiny/link.go', 'bazaar/folder/secret.go', 'bazaar/tiny/hard.go']) {
      expect((await ask(file, build.id)).status).toBe(404);
    }
  });

  it('wants a file name, and nothing that it does not know', async () => {
    for (const query of ['', 'file=', 'file=a.go&file=b.go', 'file=a.go&path=/etc']) {
      expect((await fetch(`${lab.url}/api/source?${query}`, { headers: lab.bearer })).status).toBe(400);
    }
  });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
