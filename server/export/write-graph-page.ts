import { readFile } from 'node:fs/promises';
import type { GraphPage } from '../../protocol/index.ts';
import { AppError } from '../errors.ts';

/** Stands in the built page where the data goes; client/graph-page/index.html has it. */
const PLACE = '"flamelab:graph"';

/** The built page of client/graph-page: script and style inside, the data still missing. */
export async function readTemplate(file: string): Promise<string> {
  const template = await readFile(file, 'utf8').catch((cause) => {
    throw new AppError('internal', 'The page for exports is not built yet: npm run build.', { cause });
  });
  if (template.split(PLACE).length === 2) return template;
  throw new AppError('internal', 'The page for exports has no single place for its data: npm run build.');
}

/**
 * The page with its data, as JSON in a script element that isn't run. Names come from foreign profiles: with every `<` written
 * as `\u003c` none of them can end the element, and JSON reads it back as it was.
 */
export function writeGraphPage(template: string, page: GraphPage): string {
  const json = JSON.stringify(page).replaceAll('<', '\\u003c');
  const [before = '', after = ''] = template.split(PLACE);
  return `${before}${json}${after}`;
}
