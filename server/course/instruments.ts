import type { ExerciseFile, InstrumentsView } from '../../protocol/index.ts';
import { fillHint, type NewestProfile } from './hints.ts';

/** The instruments to choose from as the page shows them: what one shows only once it was opened; null without a choice. */
export async function viewInstruments(
  { instruments }: ExerciseFile,
  opened: readonly string[],
  baseline: NewestProfile,
): Promise<InstrumentsView | null> {
  if (!instruments) return null;
  const choices = instruments.map(async ({ name, seconds, right, shows }) => ({
    name,
    seconds,
    opened: opened.includes(name) ? { right, shows: await fillHint(shows, baseline) } : null,
  }));
  const chosen = instruments.filter(({ name }) => opened.includes(name));
  return {
    choices: await Promise.all(choices),
    spentSeconds: chosen.reduce((sum, { seconds }) => sum + seconds, 0),
    found: chosen.some(({ right }) => right),
  };
}
