import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type LocalCourse, type OpenLocalCourse, openLocalCourse } from '../../server/commands/local-course.ts';
import { resolveConfig } from '../../server/config.ts';

/** One judge with folders of its own for the tests of a file; there from the first test on. */
export function courseForTests(): () => LocalCourse {
  let folder: string;
  let opened: OpenLocalCourse;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flamelab-content-'));
    opened = await openLocalCourse(resolveConfig({ data: join(folder, 'data'), workspace: join(folder, 'workspace') }));
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => opened.course;
}
