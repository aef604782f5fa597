import { pathToFileURL } from 'node:url';
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
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { CodeHover, CodePosition, CodeProblem } from '../../protocol/index.ts';
import type { Clock } from '../clock.ts';
import { hoverOf, problemsOf } from './answers.ts';
import { createOpenTexts, type Notify } from './open-texts.ts';
import type { LanguageProgram } from './ports.ts';

/** Loading the module's packages for the first time takes the most. */
const ANSWER_MILLIS = 30_000;
const FAREWELL_MILLIS = 2_000;

/** gopls' own names (gopls doc, settings). Nothing that reaches for the network. */
const SETTINGS = { completeUnimported: false, hoverKind: 'FullDocumentation', linksInHover: false, vulncheck: 'Off' };

interface Waiting {
  readonly version: number;
  settle(problems: readonly CodeProblem[]): void;
}

/** One run of a language server, from its greeting to its end. Questions reject when it is gone or says nothing for 30 s. */
export interface LanguageSession {
  hover(path: string, text: string, at: CodePosition): Promise<CodeHover | null>;
  problems(path: string, text: string): Promise<readonly CodeProblem[]>;
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
  const texts = createOpenTexts(notify);
  const told = listenForProblems(connection);
  const uriOf = (path: string): string => pathToFileURL(`${root}/${path}`).href;

  answerQuestions(connection);
  connection.listen();
  await answered(() => connection.sendRequest(InitializeRequest.type, greeting(root)), ANSWER_MILLIS);
  void notify(InitializedNotification.type, {});
  return {
    async hover(path, text, at) {
      const uri = uriOf(path);
      texts.show(uri, text, false);
      const position = { line: at.line - 1, character: at.column - 1 };
      const ask = () => connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
      return hoverOf(await answered(ask, ANSWER_MILLIS), at);
    },
    problems(path, text) {
      const uri = uriOf(path);
      return answered(() => told(uri, texts.show(uri, text, true)), ANSWER_MILLIS);
    },
    noticeFiles(paths) {
      const uris = paths.map(uriOf);
      for (const uri of uris) texts.close(uri);
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

/** What the server thinks of a text: it says so by itself, some time after it was shown the version. */
function listenForProblems(connection: ProtocolConnection) {
  const waiting = new Map<string, Waiting[]>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    const ahead: Waiting[] = [];
    for (const one of waiting.get(uri) ?? []) {
      if (version === undefined || version >= one.version) one.settle(problemsOf(diagnostics));
      else ahead.push(one);
    }
    if (ahead.length > 0) waiting.set(uri, ahead);
    else waiting.delete(uri);
  });
  return (uri: string, version: number) =>
    new Promise<readonly CodeProblem[]>((settle) => {
      waiting.set(uri, [...(waiting.get(uri) ?? []), { version, settle }]);
    });
}

/** Waits for an answer, but not for a program that is gone, nor for long. */
function createPatience(connection: ProtocolConnection, program: LanguageProgram, clock: Clock) {
  const over = new Promise<never>((_, reject) => {
    connection.onClose(() => reject(new Error('it closed its pipes')));
    connection.onError(([cause]) => reject(cause));
    void program.ended.then(() => reject(new Error('it ended')));
  });
  over.catch(() => undefined); // whoever asks next hears of it
  return async <T>(ask: () => Promise<T>, millis: number): Promise<T> => {
    const asked = ask();
    asked.catch(() => undefined); // that it is gone is said once, by `over`
    let cancel: () => void = () => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(millis, () => reject(new Error(`no answer within ${millis / 1_000} s`)));
    });
    try {
      return await Promise.race([asked, over, late]);
    } finally {
      cancel();
    }
  };
}
