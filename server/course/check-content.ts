import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declaresFunction, nameInMain, readGoSources } from './go-names.ts';
import { type Exercise, loadOverlay, solutionNames } from './load-course.ts';

const KNOWN = /^(index\.md|notes\.md|start|solution(-\d+)?|wrong)$/;
const MIN_WRONG = 3;

/** What is wrong with an exercise's files, each as a sentence that says what to do; empty when all is well. */
export async function checkContent(exercise: Exercise, installed: string): Promise<string[]> {
  const problems: string[] = [];
  const say = (what: string): void => void problems.push(`${exercise.slug}: ${what}`);
  for (const entry of await readdir(exercise.dir))
    if (!KNOWN.test(entry)) say(`${entry} doesn't belong in an exercise; remove it`);
  await checkVariants(exercise, installed, say);
  checkText(exercise, say);
  await checkNames(exercise, installed, say);
  await checkDone(exercise, say);
  if (!(await readFile(join(exercise.dir, 'notes.md'), 'utf8').catch(() => '')))
    say('notes.md is missing: timing, what to say, what goes wrong');
  return problems;
}

async function checkVariants(exercise: Exercise, installed: string, say: (what: string) => void): Promise<void> {
  const solutions = await solutionNames(exercise);
  if (solutions.length === 0) say('solution/ is missing: the files that differ once it is solved');
  for (const name of solutions) {
    for (const [file, bytes] of await loadOverlay(exercise, name)) {
      const base = await readFile(join(installed, file)).catch(() => null);
      if (base && Buffer.compare(base, bytes) === 0) say(`${name}/${file} is the same as in the start; remove it`);
    }
  }
  const declared = Object.keys(exercise.file.wrong);
  const folders = await readdir(join(exercise.dir, 'wrong')).catch(() => []);
  if (declared.length < MIN_WRONG) say(`${declared.length} wrong fixes; at least ${MIN_WRONG} are needed`);
  for (const name of folders) if (!declared.includes(name)) say(`wrong/${name} is not declared in the front matter`);
  for (const name of declared)
    if ((await loadOverlay(exercise, `wrong/${name}`)).size === 0) say(`wrong/${name}/ has no files`);
}

function checkText(exercise: Exercise, say: (what: string) => void): void {
  const words = exercise.lesson.split(/\s+/).filter(Boolean).length;
  if (words < 200 || words > 500) say(`the lesson has ${words} words; 200 to 500 are wanted`);
  if (exercise.file.instruments && !/^## Choose the instrument$/m.test(exercise.lesson))
    say('instruments are asked for, and the lesson has no section "## Choose the instrument"');
  for (const question of exercise.file.questions)
    if (question.right >= question.options.length) say(`question ${question.id}: right is not one of its options`);
}

/** What `exercise:new` asked the author for. */
async function checkDone(exercise: Exercise, say: (what: string) => void): Promise<void> {
  for (const name of ['index.md', 'notes.md']) {
    const lines = (await readFile(join(exercise.dir, name), 'utf8').catch(() => '')).split('\n');
    const open = lines.flatMap((line, at) => (/\bTODO\b/.test(line) ? [at + 1] : []));
    if (open.length > 0) say(`${name} still says TODO in line ${open.join(', ')}`);
  }
}

/** Every file and `main.function` that the lesson or a hint names in code exists in the sources that it starts from. */
async function checkNames(exercise: Exercise, installed: string, say: (what: string) => void): Promise<void> {
  const start = await loadOverlay(exercise, 'start');
  const read = async (name: string): Promise<string | null> => {
    const own = start.get(name);
    return own ? Buffer.from(own).toString('utf8') : readFile(join(installed, name), 'utf8').catch(() => null);
  };
  if ((await read(exercise.file.focus)) === null) say(`focus: ${exercise.file.focus} doesn't exist`);
  const text = [exercise.lesson, ...exercise.file.hints.map((hint) => hint.text)].join('\n');
  const sources = await readGoSources(join(installed, exercise.file.service));
  for (const [, name = ''] of text.matchAll(/`([^`\n]+)`/g)) {
    if (/^[a-z]+\/[\w/-]+\.go$/.test(name) && (await read(name)) === null) say(`${name} is named but doesn't exist`);
    const fn = nameInMain(name);
    if (fn && !declaresFunction(sources, fn))
      say(`function ${name} is named but doesn't exist in ${exercise.file.service}`);
  }
}
