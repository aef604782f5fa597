// `npm run verify`, `npm test`, `npm run bench`: runs the steps of a suite one after another from a fresh clone, prints
// what it runs, goes on after a failure, and ends with one line that counts: `N passed, N failed`. The Go tests, which
// mostly wait, run beside the quick steps; `verify` leaves out those that run whole services.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, node, root } from '../server/bin/prepare.mjs';

const artifacts = join(root, 'test', 'artifacts');
const counts = { passed: 0, failed: 0 };
const failures = [];
let goTests;
if (!process.stdout.isTTY) process.env.NO_COLOR = '1';

const biome = () =>
  tool('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']);
const types = () => tool('types', 'node_modules/typescript/bin/tsc', ['-b']);
const goVet = () => check('go vet', 'go', ['vet', './...'], 'go-samples');
const gofmt = () => check('gofmt', 'gofmt', ['-l', '.'], 'go-samples', (stdout) => stdout.trim() === '');

const verify = (goFlags) => [
  () => startGoTest(goFlags),
  biome,
  types,
  gofmt,
  goVet,
  () => vitest('unit'),
  finishGoTest,
];
const suites = {
  verify: verify(['-short']),
  all: [
    ...verify([]),
    () => vitest('security'),
    () => vitest('integration'),
    () => vitest('content'),
    () => vitest('e2e'),
  ],
  unit: [() => vitest('unit')],
  security: [() => vitest('security')],
  integration: [() => vitest('integration')],
  content: [() => vitest('content')],
  e2e: [() => vitest('e2e')],
};

const [suite = 'all', ...rest] = process.argv.slice(2);
checkNode();
ensureInstalled();
ensureBuilt();
if (suite === 'bench') await runBench(rest.filter((argument) => argument !== '--'));
else await runSuite(suite);

async function runSuite(name) {
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });
  const steps = suites[name];
  if (!steps) throw new Error(`no suite ${name}; there are ${Object.keys(suites).join(', ')}, bench`);
  for (const step of steps) await step();
  for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

async function runBench(args) {
  // Bundled by the page's own builder: Node runs no TypeScript; packages stay outside.
  const entry = join('test', 'bench', 'run.ts');
  node('Building the benchmarks', 'node_modules/vite/bin/vite.js', [
    'build',
    '--ssr',
    entry,
    '--outDir',
    'dist/bench',
    '--logLevel',
    'warn',
  ]);
  const { runBenchmarks } = await import('../dist/bench/run.js');
  process.exitCode = await runBenchmarks(args);
}

function tool(title, script, args) {
  return check(title, process.execPath, [join(root, script), ...args], '.');
}

/** One step that counts as one test; `judge` may also fail it by what it printed. */
function check(title, command, args, folder, judge = () => true) {
  announce(title, [command, ...args]);
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: join(root, folder),
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const output = stdout?.toString() ?? '';
  process.stdout.write(output);
  const passed = status === 0 && judge(output);
  counts[passed ? 'passed' : 'failed'] += 1;
  if (!passed) failures.push(`${title}${error ? ` (${error.message})` : ''}`);
}

function startGoTest(flags) {
  const args = ['test', '-json', '-timeout', '6m', ...flags, './...'];
  announce('Go tests, beside the next steps', ['go', ...args]);
  const file = join(artifacts, 'go-test.json');
  const output = openSync(file, 'w');
  const child = spawn('go', args, { cwd: join(root, 'go-samples'), stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  goTests = { file, ended: once(child, 'close').catch((error) => [error.message]) };
}

async function finishGoTest() {
  announce('Go tests', ['go test']);
  const [status] = await goTests.ended;
  const events = readFileSync(goTests.file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const failed = events.filter((event) => event.Action === 'fail' && event.Test);
  counts.passed += events.filter((event) => event.Action === 'pass' && event.Test).length;
  counts.failed += failed.length || (status === 0 ? 0 : 1);
  failures.push(...failed.map((event) => `Go: ${event.Package} ${event.Test}`));
  if (status !== 0 && failed.length === 0) failures.push('Go tests');
  for (const event of events)
    if (event.Action === 'output' && (status !== 0 || event.Output.startsWith('ok')))
      process.stdout.write(event.Output);
}

function vitest(project) {
  const report = join(artifacts, `${project}.json`);
  const args = [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--passWithNoTests',
  ];
  announce(`tests: ${project}`, ['npx vitest', ...args.slice(0, 5)]);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const { numPassedTests = 0, testResults = [] } = readReport(report);
  const failed = testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'failed')
    .map((test) => `${project}: ${test.fullName}`);
  if (status !== 0 && failed.length === 0) failed.push(`${project}: a test file, or vitest itself`);
  counts.passed += numPassedTests;
  counts.failed += failed.length;
  failures.push(...failed);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

function announce(title, command) {
  process.stdout.write(`\n== ${title}: ${command.join(' ')}\n`);
}
