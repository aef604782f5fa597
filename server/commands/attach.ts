import { type NewTarget, newTarget, parseInput, routeAnswers, type Target, target } from '../../protocol/index.ts';
import { systemClock } from '../clock.ts';
import { resolveConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { findRunningLab, parseAnswer, type RunningLab } from './running-lab.ts';

export interface AttachFlags {
  readonly name?: string;
  readonly label?: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** As long as a first scrape of a slow process takes; after that the command says what it knows. */
const PATIENCE_MILLIS = 10_000;
const LOOK_MILLIS = 200;
const write = (text: string): void => void process.stdout.write(`${text}\n`);

/** `flamelab attach`: asks the running lab to scrape it, and waits for the first answer. Attached is exit 0, answering or not. */
export async function attachCommand(url: string, flags: AttachFlags): Promise<void> {
  const lab = await findRunningLab(resolveConfig(flags).data);
  if (!lab) {
    const data = flags.data === undefined ? '' : ` -- --data ${flags.data}`;
    throw new AppError(
      'not-found',
      `No lab runs on this data folder. Start it in another terminal with "npm start${data}", then attach again.`,
    );
  }
  const wanted = checkedTarget({ url, labels: { ...flags.label }, ...(flags.name ? { name: flags.name } : {}) });
  const added = parseAnswer(target, await lab.post('/api/targets', wanted));
  write(`Attached ${added.name}: ${added.url}, at ${added.address}.`);
  describe(await waitForAnswer(lab, added), lab);
}

function checkedTarget(wanted: NewTarget): NewTarget {
  return parseInput(newTarget, wanted, ({ place, words }) => {
    const argument = place === 'url' ? 'the address' : `--${place.replace(/^labels\.?/, 'label ')}`;
    return new AppError('bad-request', `${argument}: ${words}`);
  });
}

async function waitForAnswer(lab: RunningLab, added: Target): Promise<Target> {
  const end = systemClock.now() + PATIENCE_MILLIS;
  for (let seen = added; ; ) {
    if (seen.health !== 'waiting' || systemClock.now() > end) return seen;
    await new Promise<void>((resolve) => void systemClock.after(LOOK_MILLIS, resolve));
    const { targets } = parseAnswer(routeAnswers['GET /api/targets'], await lab.get('/api/targets'));
    seen = targets.find(({ name }) => name === added.name) ?? seen;
  }
}

function describe(seen: Target, lab: RunningLab): void {
  if (seen.health === 'up') write(`Its profiles arrive: ${lab.url}/targets`);
  else if (seen.lastError !== null) write(`But ${seen.lastError}. It is tried again by itself.`.replaceAll('..', '.'));
  else write(`It has not answered yet; ${lab.url}/targets shows when it does.`);
}
