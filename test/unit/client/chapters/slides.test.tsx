import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { SlideSources } from '../../../../client/chapters/index.ts';
import { SlideView } from '../../../../client/chapters/slide-view.tsx';
import { stepAfter } from '../../../../client/chapters/use-slide-keys.ts';
import { createStore } from '../../../../client/state/index.ts';
import type { Slide } from '../../../../protocol/index.ts';

test.each([
  ['ArrowRight', 3, 4],
  ['PageDown', 3, 4],
  ['ArrowLeft', 3, 2],
  ['PageUp', 3, 2],
  ['Home', 3, 1],
  ['End', 3, 7],
  ['ArrowRight', 7, 7],
  ['PageUp', 1, 1],
  ['ArrowDown', 3, undefined],
  [' ', 3, undefined],
])('%s on step %i of 7 leads to %s', (key, at, to) => expect(stepAfter(key, at, 7)).toBe(to));

/** Stores of a lab that has measured nothing yet. */
const sources = (answers: Record<string, number> = {}): SlideSources => {
  const none = async () => {};
  const stub = {
    chapters: { store: createStore({ chapters: null, chapter: null, failure: null, answers }), load: none, open: none },
    course: { store: createStore({ exercises: [] }) },
    graphs: { store: createStore({ graphs: {} }), follow: () => () => {} },
    lab: { store: createStore({ lab: null, twin: null, connection: 'live', outdated: false }) },
    metrics: { store: createStore({ points: {} }) },
    progress: { store: createStore({ progress: null, answered: null }) },
    theme: 'light',
    onRun: () => {},
    onExercise: () => {},
    exploreLink: () => null,
  };
  return stub as unknown as SlideSources;
};
const drawn = (slide: Partial<Slide>, answers?: Record<string, number>) =>
  renderToStaticMarkup(
    <SlideView
      slide={{ title: 'T', text: '', widgets: [], notes: null, ...slide }}
      number={1}
      of={3}
      chapter="01-look"
      sources={sources(answers)}
    />,
  );

const EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>';

test('whatever a slide holds comes out as text, never as markup', () => {
  const html = drawn({
    title: EVIL,
    text: `${EVIL}\n\n[x](javascript:alert(3))\n\n\`\`\`text\n${EVIL}\n\`\`\``,
    notes: EVIL,
    widgets: [
      { widget: 'quiz', question: EVIL, options: [EVIL, 'b'], right: 0, explain: EVIL },
      { widget: 'run', command: EVIL },
      { widget: 'difference', exercise: EVIL },
      { widget: 'metric', service: EVIL },
    ],
  });
  expect(html).not.toMatch(/<script|<img|href="javascript/);
  expect(html).toContain('&lt;script&gt;');
});

test('notes are for who presents, not for who reads', () => {
  expect(drawn({ text: 'Read me.', notes: 'Say this.' })).toMatch(/Read me\.(?!.*Say this)/);
});

test('a quiz keeps its reason until it is answered', () => {
  const widgets: Slide['widgets'] = [
    { widget: 'quiz', question: 'Why?', options: ['this', 'that'], right: 1, explain: 'Because.' },
  ];
  expect(drawn({ widgets })).not.toMatch(/Because|Right/);
  expect(drawn({ widgets }, { '01-look Why?': 0 })).toMatch(/Not this one.*Because/);
  expect(drawn({ widgets }, { '01-look Why?': 1 })).toMatch(/Right\..*Because/);
});

test('without a verdict the difference says what to do', () => {
  const widgets: Slide['widgets'] = [{ widget: 'difference', exercise: 'do-less' }];
  expect(drawn({ widgets })).toMatch(/Not measured yet.*Do the exercise/);
});
