import { expect, test } from 'vitest';
import { graphPage } from '../../../protocol/index.ts';
import { graphPageOfTree, writeGraphPage } from '../../../server/export/index.ts';
import { computeFlameGraph, stackSumsFromProfile } from '../../../server/profile/index.ts';
import { profileFromText } from '../../support/profile-from-text.ts';

const heading = {
  kind: 'cpu',
  madeMillis: 0,
  patterns: { focus: null, ignore: null, hide: null },
  match: ['{service="</script><b>"}'],
};
const treeOf = (text: string, maxFrames = 0) =>
  computeFlameGraph(stackSumsFromProfile(profileFromText(text), 'cpu'), { maxFrames });

test('a page holds the frames of its nodes, and none of those that were trimmed', () => {
  const page = graphPageOfTree(treeOf('main.a;main.b 6\nmain.a;main.c 4\nmain.a;main.d 1\nmain.z 1', 5), heading);
  expect(page.frames.map(({ name }) => name)).toEqual(['main.a', 'main.b']);
  expect(page.frame).toEqual([-1, 0, 1, -2, -2]);
  expect(page.trimmed).toBe(3);
});

test('snapshots are shown by their mean', () => {
  const tree = treeOf('main.a 6');
  const page = graphPageOfTree({ ...tree, window: { ...tree.window, profiles: 3 } }, { ...heading, kind: 'heap' });
  expect([page.per, page.sides[0]?.total]).toEqual(['profile', [2, 2]]);
});

test('data in a page is JSON that no name can end, and reads back as it was', () => {
  const page = graphPageOfTree(treeOf('main.</script><script>alert(1)</script>;<!--;$&$1 6'), heading);
  const html = writeGraphPage('<p><script id="data">"flamelab:graph"</script></p>', page);
  expect(html.match(/</g)).toHaveLength(4);
  const json = html.slice(html.indexOf('>', 4) + 1, html.lastIndexOf('</script>'));
  expect(graphPage.parse(JSON.parse(json))).toEqual(page);
});
