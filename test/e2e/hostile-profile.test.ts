import { expect, test } from 'vitest';
import { writeProfile } from '../../server/profile/index.ts';
import { ProfileBuilder } from '../support/profile-builder.ts';
import { until } from '../support/run-flamelab.ts';
import { labForTests } from './lab-for-tests.ts';

const lab = labForTests();

const FUNCTION = `main.<img src=x onerror="globalThis.ran='name';alert(1)">`;
const FILE = `<script>globalThis.ran='file'</script>.go`;
const LABEL = `"><svg onload="globalThis.ran='label'">`;

test('markup in the names, files and labels of a pushed profile is text, wherever it shows', async () => {
  const learner = await lab.visit();
  await learner.openExercise('Read a flame');
  await learner.graph.isDrawn();
  await learner.graph.peek();
  expect(await push()).toBe(201);

  // The picture is alive: between the look and the click another frame may come to stand there, and be zoomed to.
  const facts = learner.graph.facts.getByText(FUNCTION);
  await until(
    async () => {
      if ((await learner.graph.crumbs.count()) > 0) await learner.graph.crumbs.first().click();
      if (!(await learner.graph.clickFrame(FUNCTION))) return false;
      return facts.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    },
    (chosen) => chosen,
  );
  await learner.graph.showAs('Table');
  await learner.table.search('onerror');
  await until(
    () => learner.table.read(),
    (rows) => rows.some(({ path }) => path.endsWith(FUNCTION)),
  );
  expect(await learner.table.grid.innerText()).toContain('<img src=x onerror=');
  expect(await learner.page.evaluate(() => document.querySelectorAll('img, svg[onload], main script').length)).toBe(0);
  expect(await learner.page.evaluate(() => Reflect.get(globalThis, 'ran'))).toBeUndefined();
});

/** As wide as everything that the service itself has spent, and into the very series that the page shows. */
async function push(): Promise<number> {
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ]);
  const functionIndex = builder.function(FUNCTION, FILE);
  const location = builder.location('hostile', { mapping: -1, address: 0n, lines: [{ functionIndex, line: 1 }] });
  const labels = [{ key: LABEL, text: LABEL, number: null, unit: '' }];
  builder.addSample([location], [6_000n, 60_000_000_000n], labels);
  const profile = builder.build({ timeNanos: BigInt(Date.now()) * 1_000_000n, durationNanos: 1_000_000_000n });
  const query = new URLSearchParams({ kind: 'cpu', service: 'search', instance: 'search-1', 'label.zone': LABEL });
  const { port, token } = lab.served;
  const answer = await fetch(`http://127.0.0.1:${port}/api/profiles?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(writeProfile(profile)),
  });
  return answer.status;
}
