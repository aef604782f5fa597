import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from '../config.ts';
import { loadCourse } from '../course/index.ts';
import { AppError } from '../errors.ts';
import { SERVICES } from '../lab/services.ts';

/** `npm run exercise:new -- CHAPTER/NN-SLUG --service SERVICE`: an exercise that loads, with a TODO wherever its author is asked. */
export async function exerciseNewCommand(place: string, { service }: { service: string }): Promise<void> {
  const { root } = resolveConfig({});
  const created = await createExercise({ root, place, service });
  process.stdout.write(`${created}/ is there. Next: the steps of "Add an exercise" in CONTRIBUTING.md, and
  npm run exercise:check -- --static ${slugOf(place)}    says what is still to be done
`);
}

export interface NewExercise {
  /** Has `exercises/` and `go-samples/`. */
  readonly root: string;
  /** `02-ad-hoc/07-twelve-leaks`. */
  readonly place: string;
  readonly service: string;
}

/** The new folder, from `root`. Rejects `bad-request` and writes nothing when the place or the service can't be. */
export async function createExercise({ root, place, service }: NewExercise): Promise<string> {
  const folder = join(root, 'exercises');
  const scenario = checkService(service);
  const [, chapter = '', name = ''] = /^(\d{2}-[a-z0-9-]+)\/(\d{2}-[a-z0-9-]+)$/.exec(place) ?? [];
  if (name === '') throw refused(`${JSON.stringify(place)} is no CHAPTER/NN-SLUG such as 02-ad-hoc/07-twelve-leaks`);
  await checkChapter(folder, chapter);
  await checkFree(folder, name);
  const draft = await mkdtemp(join(folder, '.new-'));
  try {
    await writeFile(join(draft, 'index.md'), lessonFor({ service, scenario, focus: await focusOf(root, service) }));
    await writeFile(join(draft, 'notes.md'), NOTES);
    await mkdir(join(folder, chapter), { recursive: true });
    await rename(draft, join(folder, chapter, name));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return `exercises/${chapter}/${name}`;
}

const slugOf = (place: string): string => place.replace(/^(.*\/)?\d+-/, '');

const refused = (message: string): AppError => new AppError('bad-request', message);

function checkService(name: string): string {
  const driven = SERVICES.filter(({ scenario }) => scenario !== undefined);
  const scenario = driven.find((service) => service.name === name)?.scenario;
  if (scenario !== undefined) return scenario;
  const names = driven.map((service) => service.name).join(', ');
  throw refused(
    `no scenario drives a service ${JSON.stringify(name)}; there are ${names} (see "Add a service" in CONTRIBUTING.md)`,
  );
}

/** A new chapter must not look like a slip of the pen for one that is there. */
async function checkChapter(folder: string, chapter: string): Promise<void> {
  const same = (await readdir(folder)).find((name) => name.slice(0, 2) === chapter.slice(0, 2));
  if (same !== undefined && same !== chapter)
    throw refused(`chapter ${chapter.slice(0, 2)} is ${same}, not ${chapter}`);
}

async function checkFree(folder: string, name: string): Promise<void> {
  const { exercises } = await loadCourse(folder);
  for (const { slug, number, dir } of exercises) {
    if (slug === slugOf(name)) throw refused(`there is an exercise ${slug} already: ${dir}`);
    if (number === Number(name.slice(0, 2))) throw refused(`exercise ${number} is ${slug} already: ${dir}`);
  }
}

/** The file that the editor opens first: handlers.go where there is one. */
async function focusOf(root: string, service: string): Promise<string> {
  const file = `${service}/handlers.go`;
  return (await stat(join(root, 'go-samples', file)).catch(() => null)) === null ? `${service}/main.go` : file;
}

const NOTES = `# Notes for the instructor

TODO Minutes; what to say; what goes wrong on stage, and what to do then.
`;

function lessonFor(facts: { service: string; scenario: string; focus: string }): string {
  return `---
title: TODO A title of a few words
summary: TODO What someone on call would see, in one or two sentences, and the question that it raises.
minutes: 20
service: ${facts.service}
kinds: [cpu]
focus: ${facts.focus}
scenario: ${facts.scenario}
load: { rate: 60, verdictRate: 300, rounds: 12, sliceMillis: 100 }
checks:
  behaviour: { requests: 5000, concurrency: 8 }
  symptom:
    - title: TODO What must get smaller
      signal: 'share:cpu:^main\\.TODO$'
      atMost: 0.05
  budget:
    - { quantity: cpu, atMost: 1.5 }
  difference: cpu
predict:
  kind: cpu
  type: cpu
  question: TODO Which function …, and which share of the whole is it?
  frame: '^main\\.TODO$'
  explain: TODO Why it is that one, and what it looks like in the graph.
hints:
  - level: instrument
    text: 'TODO Which profile answers this, and why not the others. ({share:cpu:^main\\.TODO$} is filled in from the newest one.)'
  - level: frame
    text: TODO Which frame to click, with its share.
  - level: line
    text: TODO Which line, and what it costs.
  - level: example
    text: TODO A change that would do, in words and a line of code.
# At least three: { verdict, sentence, when }, each with its files in wrong/NAME/.
wrong: {}
questions:
  - id: first
    text: TODO A question that someone answers who has understood it.
    options: [TODO this, TODO that]
    right: 0
    explain: TODO Why.
---

## The symptom

TODO 200 to 500 words in all: what was seen, and the figures that tempt to the wrong answer.

## Which instrument

TODO

## Find it

TODO

## Fix it

TODO

## What happened

TODO With links to the Go documentation, and where Go versions differ.
`;
}
