import { expect, test } from 'vitest';
import { commandOfBlock, inlineHtml, lessonAround, lessonParts } from '../../../../client/course/lesson-parts.ts';

test('a lesson is cut at its code blocks; shell blocks can be run', () => {
  const parts = lessonParts('# Look\n\n```sh\ngo test ./...\n```\n\nThen:\n\n```go\nx := 1\n```\n');
  expect(parts).toEqual([
    { kind: 'text', html: '<h1>Look</h1>\n' },
    { kind: 'code', language: 'sh', text: 'go test ./...', runnable: true },
    { kind: 'text', html: '<p>Then:</p>\n' },
    { kind: 'code', language: 'go', text: 'x := 1', runnable: false },
  ]);
});

test('raw HTML comes out as text, in blocks and in lines', () => {
  const [part] = lessonParts('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> and **bold**');
  const html = part?.kind === 'text' ? part.html : '';
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toContain('&lt;script&gt;');
  expect(inlineHtml('<b onclick=x>hi</b>')).toBe('&lt;b onclick=x&gt;hi&lt;/b&gt;');
});

test.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x', 'data:text/html,x', 'file:///etc/passwd'])(
  'a link to %s stays text',
  (url) => {
    expect(inlineHtml(`[click](${url})`)).not.toContain('<a');
  },
);

test('a link opens elsewhere and tells nobody where it was clicked', () => {
  expect(inlineHtml('[go](https://go.dev)')).toBe(
    '<a href="https://go.dev" target="_blank" rel="noopener noreferrer">go</a>',
  );
});

test('what a block types: prompts and comments left out, a failing line stops the rest', () => {
  expect(commandOfBlock('# first\n$ go vet ./...\n\ngo test ./search')).toBe('go vet ./... && go test ./search');
});

test('a lesson is cut before the line of a heading, wherever it stands, and only there', () => {
  expect(lessonAround('one\n## Cut\ntwo', '## Cut')).toEqual(['one\n', '## Cut\ntwo']);
  expect(lessonAround('## Cut\ntwo', '## Cut')).toEqual(['', '## Cut\ntwo']);
  expect(lessonAround('one\n## Cut it\nnot ## Cut\n', '## Cut')).toEqual(['one\n## Cut it\nnot ## Cut\n', '']);
});
