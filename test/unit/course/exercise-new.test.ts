import { cp, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createExercise } from '../../../server/commands/exercise-new.ts';
import { checkContent } from '../../../server/course/check-content.ts';
import { loadCourse } from '../../../server/course/index.ts';
import { root as clone } from '../../support/run-flamelab.ts';

const installed = join(clone, 'go-samples');
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flamelab-author-'));
  await mkdir(join(root, 'exercises'));
  await cp(join(clone, 'exercises', '01-look'), join(root, 'exercises', '01-look'), { recursive: true });
  await cp(join(installed, 'reports'), join(root, 'go-samples', 'reports'), { recursive: true });
});

const create = (place: string, service = 'reports') => createExercise({ root, place, service });

describe('a new exercise', () => {
  it('loads, and the check says in words what its author has to do', async () => {
    expect(await create('02-ad-hoc/07-twelve-leaks')).toBe('exercises/02-ad-hoc/07-twelve-leaks');
    const { exercises, problems } = await loadCourse(join(root, 'exercises'));
    expect(problems).toEqual([]);
    const exercise = exercises.find(({ slug }) => slug === 'twelve-leaks');
    if (exercise === undefined) throw new Error('it is not there');
    expect(exercise.file).toMatchObject({ service: 'reports', scenario: 'reports', focus: 'reports/handlers.go' });
    const said = (await checkContent(exercise, installed)).join('\n');
    expect(said).toMatch(/index\.md still says TODO in line 2, 3,/);
    expect(said).toMatch(/notes\.md still says TODO in line 3/);
    expect(said).toContain('solution/ is missing');
    expect(said).toContain('0 wrong fixes; at least 3 are needed');
    expect(said).toContain('200 to 500 are wanted');
  });

  it.each([
    ['twelve-leaks', 'reports', /no CHAPTER\/NN-SLUG/],
    ['02-ad-hoc/../07-up', 'reports', /no CHAPTER\/NN-SLUG/],
    ['01-looks/07-twelve-leaks', 'reports', /chapter 01 is 01-look, not 01-looks/],
    ['01-look/01-other', 'reports', /exercise 1 is read-a-flame already/],
    ['01-look/09-read-a-flame', 'reports', /an exercise read-a-flame already/],
    [
      '01-look/09-other',
      'payments',
      /no scenario drives a service "payments"; there are search, reports, catalog, checkout, gateway, notify/,
    ],
    ['01-look/09-other', 'nothing', /no scenario drives a service "nothing"/],
  ])('is not made as %s of %s, and nothing is written', async (place, service, why) => {
    const before = await readdir(join(root, 'exercises'), { recursive: true });
    await expect(create(place, service)).rejects.toThrow(why);
    expect(await readdir(join(root, 'exercises'), { recursive: true })).toEqual(before);
  });
});
