import type { HoverAnswer, HoverRequest, ProblemsAnswer, ProblemsRequest } from '../../protocol/index.ts';
import type { LanguageParts } from './ports.ts';
import { type LanguageSession, openSession } from './session.ts';

/** A server with its packages takes some hundred megabytes: it doesn't stay for nobody. */
const IDLE_MILLIS = 10 * 60_000;
/** One that fails this often isn't started again. */
const MOST_FAILURES = 3;

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
  let failures = 0;
  let isClosed = false;
  let cancelIdle: () => void = () => undefined;

  const begin = async (): Promise<LanguageSession | null> => {
    const program = await parts.start();
    if (program === null) return null;
    try {
      return await openSession(program, root, clock);
    } catch (cause) {
      await program.end();
      throw cause;
    }
  };
  const end = async (): Promise<void> => {
    cancelIdle();
    const ending = session;
    session = null;
    const current = await ending?.catch(() => null);
    await current?.close();
  };
  const ask = async <T>(
    question: (asked: LanguageSession) => Promise<T>,
    without: T,
  ): Promise<{ available: boolean; answer: T }> => {
    const absent = { available: false, answer: without };
    if (isClosed || failures >= MOST_FAILURES) return absent;
    session ??= begin();
    const asked = session;
    try {
      const current = await asked;
      if (current === null) {
        if (session === asked) session = null; // it may be installed meanwhile
        return absent;
      }
      cancelIdle();
      cancelIdle = clock.after(IDLE_MILLIS, () => void end());
      return { available: true, answer: await question(current) };
    } catch (cause) {
      if (session === asked) {
        failures += 1;
        log(`gopls failed: ${cause instanceof Error ? cause.message : String(cause)}.`);
        await end();
      }
      return { available: failures < MOST_FAILURES, answer: without };
    }
  };
  return {
    async hover({ path, text, at }) {
      const { available, answer } = await ask((current) => current.hover(path, text, at), null);
      return { available, hover: answer };
    },
    async problems({ path, text }) {
      const { available, answer } = await ask((current) => current.problems(path, text), []);
      return { available, problems: [...answer] };
    },
    noticeFiles(paths) {
      void session?.then(
        (current) => current?.noticeFiles(paths),
        () => undefined,
      );
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}
