import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { attachCommand } from './commands/attach.ts';
import { checkCommand } from './commands/check.ts';
import { cleanCommand } from './commands/clean.ts';
import { hintCommand, resetCommand, solutionCommand } from './commands/course-commands.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exerciseCheckCommand } from './commands/exercise-check.ts';
import { exerciseNewCommand } from './commands/exercise-new.ts';
import { EXPORT_FORMATS, exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { listCommand } from './commands/list.ts';
import { openCommand } from './commands/open.ts';
import { serveCommand } from './commands/serve.ts';
import { watchCommand } from './commands/watch.ts';
import { AppError } from './errors.ts';

/** Exit codes of all commands: 0 as wished, 1 a sure verdict that isn't "fixed", 2 an error, 3 inconclusive. */
const EXIT_ERROR = 2;

/** Runs one command line; sets the process's exit code. A usage error is exit 2, `--help` exit 0 on stdout. */
export async function runCli(argv: readonly string[]): Promise<void> {
  // Who reads the output may stop reading, as `head` does, and a terminal may be closed: what is left goes nowhere.
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE' && cause.code !== 'EIO') throw cause;
  });
  try {
    await createProgram().parseAsync([...argv], { from: 'user' });
  } catch (cause) {
    if (cause instanceof CommanderError) {
      process.exitCode = cause.exitCode === 0 ? 0 : EXIT_ERROR;
      return;
    }
    process.stderr.write(`flamelab: ${cause instanceof AppError ? cause.message : describe(cause)}\n`);
    process.exitCode = EXIT_ERROR;
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

function createProgram(): Command {
  const program = new Command('flamelab')
    .description('An interactive workshop for profiling Go: real services, real profiles, fixes that are proven.')
    .showHelpAfterError('(flamelab --help, or flamelab COMMAND --help)')
    .exitOverride();

  program
    .command('serve')
    .description('Run the lab: the fleet, the collector and the page.')
    .option('--port <number>', 'port to listen on; 0 takes any free one', parsePort, 4400)
    .option('--host <address>', 'address to listen on; beyond loopback needs --class', '127.0.0.1')
    .addOption(dataOption())
    .addOption(workspaceOption())
    .option('--no-open', "don't open the page in a browser")
    .option('--ready-json', 'print one JSON line {"url","token","pid","port"} when ready')
    .option('--config <file>', 'config file with targets of your own (default: flamelab.config.json, if it is here)')
    .option('--class', 'let others on the network take part')
    .action(serveCommand);

  program
    .command('list')
    .description('List the exercises and your progress.')
    .option('--json', 'print one JSON line')
    .addOption(dataOption())
    .action(listCommand);

  program
    .command('check')
    .description('Twin run and verdict. Exit 0: fixed; 1: any other sure verdict; 3: inconclusive; 2: error.')
    .argument('<exercise>')
    .option('--code <dir>', 'judge the files in this folder over the installed sources, instead of the workspace')
    .option('--json', 'print the verdict as one JSON line, the last on stdout')
    .option('--seed <number>', 'repeat a check with the seed that it printed', parseSeed)
    .addOption(workspaceOption())
    .addOption(dataOption())
    .action(checkCommand);

  program
    .command('watch')
    .description('Check again on every save. Keys: h hint, n next, l list, r reset, f flame, t top, k kind, q quit.')
    .argument('[exercise]')
    .addOption(workspaceOption())
    .addOption(dataOption())
    .action(watchCommand);

  const aboutExercise = (
    name: string,
    description: string,
    action: (slug: string, options: PlaceOptions) => Promise<void>,
  ): void => {
    program
      .command(name)
      .description(description)
      .argument('<exercise>')
      .addOption(workspaceOption())
      .addOption(dataOption())
      .action(action);
  };
  aboutExercise('hint', 'The next hint, filled from your newest profile.', hintCommand);
  aboutExercise('solution', 'The solution as a diff against the start.', solutionCommand);
  aboutExercise('reset', 'Put the start back; your files are kept aside.', resetCommand);

  program
    .command('attach')
    .description('Scrape a Go process of your own: the running lab takes its profiles from now on.')
    .argument('<url>', 'where it serves net/http/pprof, e.g. http://127.0.0.1:6060')
    .option('--name <name>', 'what it is called in the lab (default: host and port)')
    .option('--label <name=value>', 'a label for its profiles, e.g. service=api; may be repeated', collectLabel)
    .addOption(dataOption())
    .action(attachCommand);

  program
    .command('open')
    .description('Look at pprof files in the lab; two of one kind are compared. Starts a lab when none runs.')
    .argument('<files...>', 'pprof, gzip or raw')
    .option('--port <number>', 'for a lab that has to be started', parsePort, 4400)
    .option('--no-open', "only print the link, don't open it in a browser")
    .addOption(dataOption())
    .addOption(workspaceOption())
    .action(openCommand);

  program
    .command('export')
    .description(
      'Write profiles into a file: merged for go tool pprof, as a page for any browser, or as a bundle for import.',
    )
    .option('--kind <kind>', 'cpu, allocs, heap, goroutine, mutex, block, …; a bundle takes all kinds without it')
    .option('--match <selector>', 'as in PromQL: {service="search",version!="v1"}')
    .option('--from <time>', 'RFC 3339 or Unix milliseconds')
    .option('--to <time>', 'RFC 3339 or Unix milliseconds')
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).default('pprof'))
    .option('--out <file>', 'where to; - is standard output (default: named after the kind)')
    .option('--type <type>', 'html: sample type, such as alloc_space')
    .option('--focus <pattern>', 'html: only stacks with a function that matches, as in go tool pprof')
    .option('--ignore <pattern>', 'html: no stacks with a function that matches')
    .option('--hide <pattern>', 'html: without the frames that match')
    .option('--b-match <selector>', 'html: the second side; the first is then "before"')
    .option('--b-from <time>', 'html: of the second side')
    .option('--b-to <time>', 'html: of the second side')
    .option('--per <unit>', 'html with two sides: request, second, profile or total (default: the fairest known)')
    .addOption(dataOption())
    .action(exportCommand);

  program
    .command('import')
    .description('Put the profiles of a bundle into the lab, with their own times and labels; all of them or none.')
    .argument('<file>')
    .addOption(dataOption())
    .action(importCommand);

  program
    .command('doctor')
    .description('Look at Go, ports, disk, browser, cores and rates, each with the fix; say what lies where.')
    .addOption(workspaceOption())
    .addOption(dataOption())
    .action(doctorCommand);

  program
    .command('clean')
    .description(
      'Say what lies where, ask, and remove it; without flags: profiles and builds, which can be made again.',
    )
    .option('--profiles', 'only the stored profiles')
    .option('--builds', 'only built services and caches')
    .option('--all', 'profiles, builds, progress and the history of saves')
    .option('--with-workspace', 'also your own files: the workspace, and what resets kept of it')
    .option('--dry-run', 'only say what would go')
    .option('--yes', "don't ask")
    .addOption(workspaceOption())
    .addOption(dataOption())
    .action(cleanCommand);

  program
    .command('exercise-check', { hidden: true })
    .description('For authors: prove exercises (start fails, solutions pass, wrong fixes get their verdicts).')
    .argument('[slugs...]')
    .option('--static', 'only what needs no running service')
    .option('--json <file>', 'also write the table exercise × variant × verdict × observed to this file')
    .action(exerciseCheckCommand);

  program
    .command('exercise-new', { hidden: true })
    .description('For authors: begin an exercise that loads and says TODO where you are asked.')
    .argument('<place>', 'CHAPTER/NN-SLUG, e.g. 02-ad-hoc/07-twelve-leaks')
    .requiredOption('--service <name>', 'the service of Bazaar that has the problem')
    .action(exerciseNewCommand);

  return program;
}

export interface PlaceOptions {
  readonly data?: string;
  readonly workspace?: string;
}

const dataOption = (): Option =>
  new Option('--data <dir>', 'where profiles and progress are kept (default: .flamelab in the clone)');
const workspaceOption = (): Option =>
  new Option('--workspace <dir>', 'your copy of the sources (default: workspace in the clone)');

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError(`${text} is not a port: 0 to 65535.`);
  return port;
}

function parseSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError(`${text} is not a seed: a whole number.`);
  return Number(text);
}

/** `service=api` onto those before it; a name given twice: the last counts. */
function collectLabel(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]{0,63})=(.{0,256})$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`${text} is not a label: expected NAME=VALUE, e.g. service=api.`);
  return { ...before, [name]: value };
}
