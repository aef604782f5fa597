import { expect, test } from 'vitest';
import { createFilesStore, createNotices, findFileOfProfile, isDirty } from '../../../../client/state/index.ts';
import type { SaveRequest } from '../../../../protocol/index.ts';

const PATH = 'search/validate.go';
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A workspace in memory with the lab's own rule: a save must name the version on disk. */
function openFiles(text = 'a\n') {
  const disk = { version: 'v1', text };
  let count = 1;
  const write = (next: string) => {
    count += 1;
    Object.assign(disk, { version: `v${count}`, text: next });
  };
  const notices = createNotices();
  const hold: { gate: Promise<void> | null } = { gate: null };
  const files = createFilesStore(
    {
      listFiles: async () => ({ files: [{ path: PATH, version: disk.version, bytes: disk.text.length }] }),
      readFile: async (path) => ({ path, ...disk }),
      async saveFile({ path, text: sent, version }: SaveRequest) {
        await hold.gate;
        if (version !== disk.version) return { saved: null, conflict: { path, ...disk, keptAs: 'kept/mine' } };
        write(sent.replaceAll('  ', '\t'));
        return { saved: { path, ...disk, formatted: true }, conflict: null };
      },
    },
    notices,
  );
  const buffer = () => {
    const found = files.store.get().buffers[PATH];
    if (!found) throw new Error('not open');
    return found;
  };
  return { files, disk, write, notices, buffer, hold };
}

test('a save takes over what gofmt made of the text', async () => {
  const { files, buffer, disk } = openFiles();
  await files.open(PATH);
  files.edit(PATH, '  b\n');
  expect(isDirty(buffer())).toBe(true);
  await files.save(PATH);
  expect(buffer()).toMatchObject({ text: '\tb\n', version: 'v2', conflict: null });
  expect(isDirty(buffer())).toBe(false);
  expect(disk.text).toBe('\tb\n');
});

test('what is typed while a save is under way is kept, and is dirty', async () => {
  const { files, buffer, hold } = openFiles();
  await files.open(PATH);
  files.edit(PATH, 'b\n');
  let open = () => {};
  hold.gate = new Promise((resolve) => {
    open = resolve;
  });
  const saving = files.save(PATH);
  files.edit(PATH, 'b\nc\n');
  open();
  await saving;
  expect(buffer()).toMatchObject({ text: 'b\nc\n', savedText: 'b\n', version: 'v2' });
});

test('a clean buffer follows another editor', async () => {
  const { files, buffer, write, disk } = openFiles();
  await files.open(PATH);
  write('theirs\n');
  files.noticeVersions({ [PATH]: disk.version });
  await settled();
  expect(buffer()).toMatchObject({ text: 'theirs\n', version: 'v2', behind: false });
});

test('a dirty buffer is told, keeps its text, and its save becomes a conflict with both kept', async () => {
  const { files, buffer, write, disk } = openFiles();
  await files.open(PATH);
  files.edit(PATH, 'mine\n');
  write('theirs\n');
  files.noticeVersions({ [PATH]: disk.version });
  await settled();
  expect(buffer()).toMatchObject({ text: 'mine\n', behind: true });
  await files.save(PATH);
  expect(buffer().conflict).toMatchObject({ text: 'theirs\n', keptAs: 'kept/mine' });
  expect(disk.text).toBe('theirs\n');
});

test.each([
  ['mine', 'mine\n'],
  ['theirs', 'theirs\n'],
] as const)('a conflict resolved as %s', async (choice, expected) => {
  const { files, buffer, write, disk } = openFiles();
  await files.open(PATH);
  files.edit(PATH, 'mine\n');
  write('theirs\n');
  await files.save(PATH);
  await files.resolve(PATH, choice);
  expect(buffer()).toMatchObject({ text: expected, conflict: null });
  expect(isDirty(buffer())).toBe(false);
  expect(disk.text).toBe(expected);
});

test('the page’s own save, seen again in the lab’s state, changes nothing', async () => {
  const { files, buffer, disk } = openFiles();
  await files.open(PATH);
  files.edit(PATH, 'b\n');
  await files.save(PATH);
  files.edit(PATH, 'b\nmore\n');
  files.noticeVersions({ [PATH]: 'v1' });
  await settled();
  files.noticeVersions({ [PATH]: disk.version });
  await settled();
  expect(buffer()).toMatchObject({ text: 'b\nmore\n', behind: false });
});

test('a failed save says so and leaves the text dirty', async () => {
  const { files, buffer, notices, hold } = openFiles();
  await files.open(PATH);
  files.edit(PATH, 'b\n');
  hold.gate = Promise.reject(new Error('Disk full.'));
  await files.save(PATH);
  expect(notices.store.get().notices[0]?.text).toBe(`Save ${PATH}: Disk full.`);
  expect(buffer()).toMatchObject({ text: 'b\n', saving: false });
  expect(isDirty(buffer())).toBe(true);
});

test('a profile’s file name finds the workspace’s file, whatever stands before it', () => {
  const files = [
    { path: 'search/validate.go', version: 'v', bytes: 1 },
    { path: 'main.go', version: 'v', bytes: 1 },
  ];
  expect(findFileOfProfile(files, 'bazaar/search/validate.go')).toBe('search/validate.go');
  expect(findFileOfProfile(files, 'main.go')).toBe('main.go');
  expect(findFileOfProfile(files, 'runtime/domain.go')).toBeUndefined();
});
