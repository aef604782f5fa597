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
  const chosen = opened.flatMap((name) => instruments.find((instrument) => instrument.name === name) ?? []);
  const foundAt = chosen.findIndex(({ right }) => right);
  // What is looked at after that is for learning: the incident is over.
  const counted = foundAt < 0 ? chosen : chosen.slice(0, foundAt + 1);
  return {
    choices: await Promise.all(choices),
    spentSeconds: counted.reduce((sum, { seconds }) => sum + seconds, 0),
    found: foundAt >= 0,
  };
}
