import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DidChangeWatchedFilesNotification,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  MarkupKind,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { CodeHover, CodePosition, CodeProblem } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { hoverOf, problemsOf } from './answers.ts';
import { createOpenTexts, type Notify } from './open-texts.ts';
import type { LanguageProgram } from './ports.ts';

/** The first answers wait for the module's packages to be loaded, beside the fleet that is being built. */
const READY_MILLIS = 120_000;
const ANSWER_MILLIS = 60_000;
const FAREWELL_MILLIS = 2_000;

/** gopls' own names (gopls doc, settings). Nothing that reaches for the network. */
const SETTINGS = { completeUnimported: false, hoverKind: 'FullDocumentation', linksInHover: false, vulncheck: 'Off' };

interface Waiting {
  readonly version: number;
  settle(problems: readonly CodeProblem[] | null): void;
}

/** It says nothing; it may yet. */
export class NoAnswer extends Error {}

/** One run of a language server, from its greeting to its end. Questions reject when it is gone, with NoAnswer after a minute. */
export interface LanguageSession {
  hover(path: string, text: string, at: CodePosition): Promise<CodeHover | null>;
  /** Null: another text of the file came in between. */
  problems(path: string, text: string): Promise<readonly CodeProblem[] | null>;
  /** These files are other ones on disk now; texts of them that were open are given up. */
  noticeFiles(paths: readonly string[]): void;
  /** Resolves when it has ended. */
  close(): Promise<void>;
}

/** Resolves when the server has said what it can. Rejects when it ends, says nothing, or doesn't speak the protocol. */
export async function openSession(program: LanguageProgram, root: string, clock: Clock): Promise<LanguageSession> {
  const { input, output } = program;
  const connection = createProtocolConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
  const answered = createPatience(connection, program, clock);
  const notify: Notify = async (type, params) => {
    try {
      await connection.sendNotification(type.method, params);
    } catch {
      // It is gone, which the next answer says.
    }
  };
  const texts = createOpenTexts(notify, clock);
  const problems = listenForProblems(connection);
  const uriOf = (path: string): string => asWritten(pathToFileURL(`${root}/${path}`).href);

  answerQuestions(connection);
  connection.listen();
  await answered(() => connection.sendRequest(InitializeRequest.type, greeting(root)), READY_MILLIS);
  void notify(InitializedNotification.type, {});
  return {
    async hover(path, text, at) {
      const uri = uriOf(path);
      texts.show(uri, text, false);
      const position = { line: at.line - 1, character: at.column - 1 };
      const ask = () =>
        connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }).catch(nothingKnown);
      return hoverOf(await answered(ask, ANSWER_MILLIS), at);
    },
    problems(path, text) {
      const uri = uriOf(path);
      return answered(() => problems.of(uri, texts.show(uri, text, true)), ANSWER_MILLIS);
    },
    noticeFiles(paths) {
      const uris = paths.map(uriOf);
      for (const uri of uris) {
        texts.close(uri);
        problems.forget(uri);
      }
      void notify(DidChangeWatchedFilesNotification.type, {
        changes: uris.map((uri) => ({ uri, type: FileChangeType.Changed })),
      });
    },
    async close() {
      await answered(() => connection.sendRequest(ShutdownRequest.type), FAREWELL_MILLIS).catch(() => undefined);
      await notify(ExitNotification.type, {});
      connection.dispose();
      await program.end();
    },
  };
}

function greeting(root: string) {
  const folder = pathToFileURL(root).href;
  return {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'workspace' }],
    initializationOptions: SETTINGS,
    capabilities: {
      textDocument: { hover: { contentFormat: [MarkupKind.Markdown] }, publishDiagnostics: { versionSupport: true } },
    },
  };
}

/** It may ask things, too; who doesn't answer holds it up. */
function answerQuestions(connection: ProtocolConnection): void {
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => SETTINGS));
  for (const question of ['client/registerCapability', 'window/workDoneProgress/create', 'window/showMessageRequest'])
    connection.onRequest(question, () => null);
}

/** gopls refuses where it can't say: a package that isn't there, a go.mod that is broken. */
function nothingKnown(cause: unknown): null {
  if (cause instanceof ResponseError) return null;
  throw cause;
}

/** What the server thinks of a text: it says so by itself, some time after it was shown the version. Without a version it speaks of the disk. */
function listenForProblems(connection: ProtocolConnection) {
  const waiting = new Map<string, Waiting[]>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri: said, version, diagnostics }) => {
    const uri = asWritten(said);
    if (version === undefined) return;
    const ahead: Waiting[] = [];
    for (const one of waiting.get(uri) ?? []) {
      if (version < one.version) ahead.push(one);
      else one.settle(version === one.version ? problemsOf(diagnostics) : null);
    }
    if (ahead.length > 0) waiting.set(uri, ahead);
    else waiting.delete(uri);
  });
  return {
    of: (uri: string, version: number) =>
      new Promise<readonly CodeProblem[] | null>((settle) => {
        waiting.set(uri, [...(waiting.get(uri) ?? []), { version, settle }]);
      }),
    forget(uri: string): void {
      for (const { settle } of waiting.get(uri) ?? []) settle(null);
      waiting.delete(uri);
    },
  };
}

/** gopls writes some characters of a path, and the letter of a drive, in its own way. */
function asWritten(uri: string): string {
  try {
    const { href } = pathToFileURL(fileURLToPath(uri));
    return href.replace(/^file:\/\/\/[a-z]:/i, (drive) => drive.toUpperCase().replace('FILE', 'file'));
  } catch {
    return uri;
  }
}

/** Waits for an answer, but not for a program that is gone, nor for long. */
function createPatience(connection: ProtocolConnection, program: LanguageProgram, clock: Clock) {
  let gone: Error | null = null;
  const asking = new Set<(cause: Error) => void>();
  const end = (cause: Error): void => {
    gone ??= cause;
    for (const reject of asking) reject(gone);
    asking.clear();
  };
  connection.onClose(() => end(new Error('it closed its pipes')));
  connection.onError(([cause]) => end(cause));
  void program.ended.then(() => end(new Error('it ended')));
  return <T>(ask: () => Promise<T>, millis: number): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (gone !== null) {
        reject(gone);
        return;
      }
      const cancel = clock.after(millis, () => reject(new NoAnswer(`no answer within ${millis / 1_000} s`)));
      asking.add(reject);
      void ask()
        .then(resolve, reject)
        .finally(() => {
          cancel();
          asking.delete(reject);
        });
    });
}
