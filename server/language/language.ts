import type { HoverAnswer, HoverRequest, ProblemsAnswer, ProblemsRequest } from '../../protocol/index.ts';
import type { LanguageParts, LanguageProgram } from './ports.ts';
import { type LanguageSession, NoAnswer, openSession } from './session.ts';

/** A server with its packages takes some hundred megabytes: it doesn't stay for nobody. */
const IDLE_MILLIS = 10 * 60_000;
/** One that fails this often without an answer in between isn't started again. */
const MOST_FAILURES = 3;
/** A single late answer is that of a busy machine. */
const MOST_UNANSWERED = 2;

const ABSENT = { available: false, answer: null } as const;

/** Questions never reject: who gets no answer goes on without. */
export interface Language {
  hover(request: HoverRequest): Promise<HoverAnswer>;
  problems(request: ProblemsRequest): Promise<ProblemsAnswer>;
  /** Files that were changed on disk. */
  noticeFiles(paths: readonly string[]): void;
  close(): Promise<void>;
}

export function createLanguage(parts: LanguageParts): Language {
  const { root, clock, log } = parts;
  let session: Promise<LanguageSession | null> | null = null;
  let program: LanguageProgram | null = null;
  let failed: Promise<LanguageSession | null> | null = null;
  let failures = 0;
  let unanswered = 0;
  let isClosed = false;
  let cancelIdle: () => void = () => undefined;

  const begin = async (): Promise<LanguageSession | null> => {
    const started = await parts.start();
    if (started === null) return null;
    program = started;
    if (isClosed) await started.end();
    try {
      return await openSession(started, root, clock);
    } catch (cause) {
      await started.end();
      throw cause;
    }
  };
  const open = (): Promise<LanguageSession | null> => {
    const opening = begin();
    const forget = (): void => {
      if (session === opening) session = null;
    };
    // One that ends while nobody asks costs no question.
    void opening.then(
      () => program?.ended.then(forget),
      () => undefined,
    );
    return opening;
  };
  const end = async (): Promise<void> => {
    cancelIdle();
    const ending = session;
    session = null;
    const current = await ending?.catch(() => null);
    await current?.close();
  };
  /** One failure, however many questions it leaves without an answer. */
  const fail = async (asked: Promise<LanguageSession | null>, cause: unknown): Promise<void> => {
    if (asked === failed || (cause instanceof NoAnswer && ++unanswered < MOST_UNANSWERED)) return;
    failed = asked;
    failures += 1;
    unanswered = 0;
    log(`gopls failed: ${cause instanceof Error ? cause.message : String(cause)}.`);
    await end();
  };
  const ask = async <T>(
    question: (asked: LanguageSession) => Promise<T>,
  ): Promise<{ available: boolean; answer: T | null }> => {
    if (isClosed || failures >= MOST_FAILURES) return ABSENT;
    session ??= open();
    const asked = session;
    try {
      const current = await asked;
      if (current === null) {
        if (session === asked) session = null; // it may be installed meanwhile
        return ABSENT;
      }
      cancelIdle();
      cancelIdle = clock.after(IDLE_MILLIS, () => void end());
      const answer = await question(current);
      failures = 0;
      unanswered = 0;
      return { available: true, answer };
    } catch (cause) {
      await fail(asked, cause);
      return { available: failures < MOST_FAILURES, answer: null };
    }
  };
  return {
    async hover({ path, text, at }) {
      const { available, answer } = await ask((current) => current.hover(path, text, at));
      return { available, hover: answer };
    },
    async problems({ path, text }) {
      const { available, answer } = await ask((current) => current.problems(path, text));
      return { available, problems: answer && [...answer] };
    },
    noticeFiles(paths) {
      void session?.then(
        (current) => current?.noticeFiles(paths),
        () => undefined,
      );
    },
    async close() {
      isClosed = true;
      await program?.end(); // also one that is still starting
      await end();
    },
  };
}
