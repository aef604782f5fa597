import type { Clock } from '../clock.ts';

const GAP_MILLIS = 200;
const MOST_CHARACTERS = 8_000;

/**
 * Gathers what many writers say and passes it on a few times a second, so that a flood of lines is few packets. Of what is
 * too much for one packet the newest stays, and `dropped` counts the lines that don't.
 */
export function createTextGatherer(clock: Clock, send: (key: string, text: string, dropped: number) => void) {
  const waiting = new Map<string, { text: string; dropped: number }>();
  const flush = (key: string): void => {
    const entry = waiting.get(key);
    waiting.delete(key);
    if (entry) send(key, entry.text, entry.dropped);
  };
  return {
    add(key: string, text: string, dropped = 0): void {
      const entry = waiting.get(key);
      if (!entry) clock.after(GAP_MILLIS, () => flush(key));
      const all = (entry?.text ?? '') + text;
      const kept = all.length > MOST_CHARACTERS ? all.slice(all.indexOf('\n', all.length - MOST_CHARACTERS) + 1) : all;
      const cut = all.length === kept.length ? 0 : all.slice(0, all.length - kept.length).split('\n').length - 1;
      waiting.set(key, { text: kept, dropped: (entry?.dropped ?? 0) + dropped + cut });
    },
    flush,
  };
}
