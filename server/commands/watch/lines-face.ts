import type { PlaceOptions } from '../../cli.ts';
import { checkUntil } from '../check.ts';
import { hintCommand, resetCommand } from '../course-commands.ts';
import { listCommand } from '../list.ts';
import { messageOf, type WatchFace } from './face.ts';

const KEYS = 'h hint   n next   l list   r reset   q quit';

/** For pipes and terminals that only write: each command says what it says by itself. */
export function createLinesFace(flags: PlaceOptions): WatchFace {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const failed = (cause: unknown): void => say(messageOf(cause));
  return {
    begin: (slug, why) => say(`${why}: checking ${slug} …   ${KEYS}`),
    async check(slug, signal) {
      await checkUntil(slug, flags, signal).catch((cause) => signal.aborted || failed(cause));
      if (!signal.aborted) say(`\n${KEYS}`);
    },
    async show(what, slug) {
      const commands = { hint: hintCommand, reset: resetCommand, list: () => listCommand(flags) };
      await commands[what](slug, flags).catch(failed);
    },
    failed,
    press: () => {},
    close: () => {},
  };
}
