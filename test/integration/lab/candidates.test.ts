import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LabState, labState } from '../../../protocol/index.ts';
import { createFolders, type ServedLab, serveLab, until } from '../../support/run-flamelab.ts';

const PATH = 'search/validate.go';
/** A service that starts, answers, and then ends by itself. */
const DIES = `
func init() {
	go func() {
		time.Sleep(4 * time.Second)
		os.Exit(7)
	}()
}
`;
let folders: Awaited<ReturnType<typeof createFolders>>;
let lab: ServedLab;
let start: string;

beforeAll(async () => {
  folders = await createFolders();
  lab = await serveLab(folders);
  await until(state, ({ fleet }) =>
    fleet.runs.some(({ instance, state }) => instance === 'search-1' && state === 'up'),
  );
  await open('read-a-flame');
  await until(state, ({ load }) => load.rate > 0);
  start = await readFile(join(folders.workspace, PATH), 'utf8');
});
afterAll(async () => {
  await lab.stop();
  await folders.remove();
});

const state = async (): Promise<LabState> => labState.parse((await lab.ask('/api/lab')).body);
const open = (slug: string) => lab.ask(`/api/exercises/${slug}/open`, { method: 'POST', body: {} });
const runOf = ({ fleet }: LabState, instance: string | undefined) =>
  fleet.runs.find((run) => run.instance === instance && run.role === 'twin' && run.state === 'up');

async function save(text: string): Promise<void> {
  const { body } = await lab.ask(`/api/workspace/file?path=${encodeURIComponent(PATH)}`);
  const { version } = body as { version: string };
  expect((await lab.ask('/api/workspace/file', { method: 'PUT', body: { path: PATH, text, version } })).status).toBe(
    200,
  );
}

test('a candidate that ends after its first frames leaves the field to the last good one, and says why', async () => {
  await save(`${start}\n// Good.\n`);
  const good = await until(state, ({ save }) => save?.check?.running === true);
  const instance = good.save?.twin?.candidate.instance;
  expect(runOf(good, instance)).toBeDefined();

  await save(start.replace('import (', 'import (\n\t"os"\n\t"time"') + DIES);
  const ended = await until(state, ({ save }) => save?.error != null);
  expect(ended.save?.error).toMatch(/^It ran, and then ended: ended with code 7/);
  expect(ended.save?.twin?.candidate.instance).toBe(instance);
  expect(runOf(ended, instance)).toBeDefined();
});

test('what differs from the baseline runs again when its exercise is opened again, with what was said of it', async () => {
  await save(`${start}\n// Fine again.\n`);
  const judged = await until(state, ({ save }) => save?.check?.verdict != null);
  await open('churn-or-live');
  await until(state, ({ exercise }) => exercise === 'churn-or-live');
  await open('read-a-flame');
  const again = await until(state, ({ exercise, save }) => exercise === 'read-a-flame' && save?.twin != null);
  expect(again.save?.id).toBe(judged.save?.id);
  expect(again.save?.check?.verdict).toEqual(judged.save?.check?.verdict);
  expect(runOf(again, again.save?.twin?.candidate.instance)).toBeDefined();
});

test('code that is as the baseline starts nothing beside it', async () => {
  await save(start);
  await until(state, ({ save }) => save?.twin != null && save.check?.running === true);
  await open('churn-or-live');
  await until(state, ({ exercise }) => exercise === 'churn-or-live');
  await open('read-a-flame');
  const again = await until(state, ({ exercise, load }) => exercise === 'read-a-flame' && load.rate > 0);
  expect(again.save?.twin).toBeNull();
});
