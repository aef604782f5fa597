import { expect, test } from 'vitest';
import { checkChapter } from '../../../server/course/check-chapter.ts';
import { parseSlides } from '../../../server/course/parse-slides.ts';
import { splitSlides } from '../../../server/course/split-slides.ts';

const FRONT = '---\ntitle: Look\nsummary: What a profile is, in one sentence.\n---\n';
const block = (word: string, ...lines: string[]) => ['```'.concat(word), ...lines, '```'].join('\n');
const parse = (...slides: string[]) => parseSlides(FRONT + slides.join('\n---\n'), 'look/slides.md');
const refusalOf = (...slides: string[]): string => {
  try {
    parse(...slides);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
};

test('lines of --- cut slides, save inside a fence', () => {
  const raw = splitSlides('## One\n```text\n---\n```\n---\n## Two\n~~~notes\n```\n---\n~~~\n');
  expect(raw.map(({ text, blocks }) => [text, blocks.map(({ word, body }) => [word, body])])).toEqual([
    ['## One\n```text\n---\n```', []],
    ['## Two', [['notes', '```\n---']]],
  ]);
});

test('a slide is a title, text with its code, widgets in their order, and notes', () => {
  const quiz = block('quiz', 'question: Which?', 'options: [this, that]', 'right: 1', 'explain: That.');
  const graph = block('flame-graph', 'service: search', 'kind: cpu', 'focus: main.(*service).answer');
  const notes = block('notes', 'Say **why**.', '', 'Two minutes.');
  const { file, slides } = parse(
    `## One\n\nText.\n\n${block('sh', 'go vet')}\n\n${quiz}\n${graph}\n${notes}`,
    '## Two',
  );
  expect(file).toEqual({ title: 'Look', summary: 'What a profile is, in one sentence.' });
  expect(slides).toEqual([
    {
      title: 'One',
      text: 'Text.\n\n```sh\ngo vet\n```',
      widgets: [
        { widget: 'quiz', question: 'Which?', options: ['this', 'that'], right: 1, explain: 'That.' },
        {
          widget: 'flame-graph',
          service: 'search',
          kind: 'cpu',
          focus: 'main.(*service).answer',
          height: 22,
          numbers: true,
        },
      ],
      notes: 'Say **why**.\n\nTwo minutes.',
    },
    { title: 'Two', text: '', widgets: [], notes: null },
  ]);
});

test.each([
  [
    'an unknown key of a widget',
    [`## One\n${block('metric', 'service: search', 'metric: [p99]')}`],
    'look/slides.md: slide 1 (One): metric: metric: not known here, expected one of service, metrics',
  ],
  [
    'a key that is missing',
    ['## One', `## Two\n${block('flame-graph', 'service: search')}`],
    'look/slides.md: slide 2 (Two): flame-graph: kind: seen nothing, expected one of cpu, allocs,',
  ],
  [
    'a widget without anything in it',
    [`## One\n${block('run')}`],
    'look/slides.md: slide 1 (One): run: the block: seen null, expected an object',
  ],
  [
    'YAML that is none',
    [`## One\n${block('run', 'command: "go')}`],
    'slide 1 (One): run: is not YAML: Missing closing',
  ],
  [
    'a right option that is none',
    [`## One\n${block('quiz', 'question: Q', 'options: [a, b]', 'right: 2', 'explain: E')}`],
    'slide 1 (One): quiz: right: seen 2, expected the index of an option',
  ],
  [
    'a word that is no widget',
    [`## One\n${block('flamegraph', 'service: search')}`],
    'there is no widget flamegraph; there are flame-graph, difference, metric, run, quiz and notes (code blocks: sh, go, text)',
  ],
  [
    'text after a widget',
    [`## One\n${block('run', 'command: go vet')}\nThen look.`],
    'slide 1 (One): "Then look." stands after a widget; text comes first, move it up',
  ],
  ['a block without end', ['## One\n```run\ncommand: go vet'], 'slide 1 (One): a block ````run` never ends; close it'],
  [
    'a slide without title',
    ['## One', 'Text.'],
    'slide 2: starts with its title, a line such as "## What a profile is"',
  ],
  ['two blocks of notes', [`## One\n${block('notes', 'a')}\n${block('notes', 'b')}`], 'put them into one'],
])('%s is refused, and the message says where and what to do', (_, slides, message) => {
  expect(refusalOf(...slides)).toContain(message);
});

test('all problems are said at once, also those of the front matter', () => {
  const text = `---\ntitle: Look\nsumary: x\n---\nNo title.\n---\n## Two\n${block('run', 'cmd: x')}`;
  expect(() => parseSlides(text, 'look/slides.md')).toThrow(
    /front matter: summary: seen nothing.*\n.*front matter: sumary: not known here, expected one of title, summary\n.*slide 1: starts.*\n.*slide 2 \(Two\): run: command: .*\n.*slide 2 \(Two\): run: cmd: not known here/,
  );
});

const facts = {
  exercises: ['do-less'],
  services: ['search', 'payments'],
  installed: new URL('../../../go-samples', import.meta.url).pathname,
};
const problemsOf = (...slides: string[]) =>
  checkChapter({ id: '01-look', ...parse(...slides).file, ...parse(...slides) }, facts);
const threeWith = (slide: string) => problemsOf('## A', '## B', slide);

test('slides that name what exists are fine', async () => {
  const graph = block('flame-graph', 'service: search', 'kind: cpu', 'focus: main.(*service).answer', 'search: regexp');
  const difference = block('difference', 'exercise: do-less');
  expect(await threeWith(`## C\nSee \`main.validateQuery\`, [Go](https://go.dev).\n${graph}\n${difference}`)).toEqual(
    [],
  );
});

test.each([
  [block('metric', 'service: serch'), 'metric: there is no service serch; there are search, payments'],
  [block('difference', 'exercise: do-more'), 'difference: there is no exercise do-more'],
  [
    block('flame-graph', 'service: payments', 'kind: cpu', 'focus: main.validateQuery'),
    "flame-graph: function main.validateQuery doesn't exist in payments",
  ],
  [
    block('flame-graph', 'service: search', 'kind: cpu', 'search: main.(*service).nothing'),
    "flame-graph: function main.(*service).nothing doesn't exist in search",
  ],
  ['`main.gone` is slow.', 'function main.gone is named but no service has it'],
  ['[here](../02-ad-hoc/02-do-less)', 'the link ../02-ad-hoc/02-do-less is no https:// address'],
  ['[x](javascript:alert(1))', 'the link javascript:alert(1 is no https:// address'],
  [Array.from({ length: 101 }, () => 'word').join(' '), '101 words; at most 100, or make two slides of it'],
  ['TODO', 'still says TODO'],
])('check: %s', async (body, message) => {
  const [problem, ...more] = await threeWith(`## C\n${body}`);
  expect(problem).toContain(`01-look/slides.md: slide 3 (C): ${message}`);
  expect(more).toEqual([]);
});

test('a chapter has three to eight slides', async () => {
  expect(await problemsOf('## A')).toEqual(['01-look/slides.md: 1 slides; 3 to 8 are wanted']);
});
