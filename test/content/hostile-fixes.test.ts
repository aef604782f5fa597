import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VerdictName } from '../../protocol/index.ts';
import { loadCourse, loadOverlay } from '../../server/course/index.ts';
import { courseForTests } from './course-for-tests.ts';

/** Ways to look fast that no exercise names, each tried on real twins: none may pass. */
const root = join(import.meta.dirname, '..', '..');
const { exercises } = await loadCourse(join(root, 'exercises'));
const course = courseForTests();

interface Hostile {
  readonly exercise: string;
  /** What it starts from. */
  readonly on: 'start' | 'solution';
  readonly verdict: VerdictName;
  /** File → text that is replaced, and by what; a file without one is new. */
  readonly edits: Readonly<Record<string, readonly (readonly [from: string | RegExp, to: string])[] | string>>;
}

const SECOND_REFUSAL = 'terms, err := validateQuery(text)\n\tif err != nil {\n\t\tbadQuery(w, err)\n\t\treturn\n\t}';
const ANSWER = 's.answer(text, terms, limit)';
const TURN_DOWN = (what: string) =>
  `package main\n\nimport (\n\t"runtime"\n\t"time"\n)\n\nfunc init() { go func() { time.Sleep(500 * time.Millisecond); ${what} }() }\n`;

const HOSTILE: Readonly<Record<string, Hostile>> = {
  'errors swallowed': {
    exercise: 'read-a-flame',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: {
      'search/handlers.go': [[SECOND_REFUSAL, SECOND_REFUSAL.replace('badQuery(w, err)\n\t\treturn', 'terms = nil')]],
    },
  },
  'one answer for all': {
    exercise: 'read-a-flame',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: { 'search/handlers.go': [[ANSWER, 's.answer("oak", terms[:0], limit)']] },
  },
  'less work when it is busy': {
    exercise: 'read-a-flame',
    on: 'start',
    verdict: 'wrong-behaviour',
    edits: {
      'search/handlers.go': [
        ['package main\n\nimport (', 'package main\n\nimport (\n\t"sync/atomic"'],
        ['func (s *service) handleSearch', 'var busy atomic.Int32\n\nfunc (s *service) handleSearch'],
        ['params := r.URL.Query()', 'params := r.URL.Query()\n\tdefer busy.Add(-1)\n\tfew := busy.Add(1) < 3'],
        [ANSWER, 's.answer(text, terms, limit, few)'],
        ['terms []term, limit int) answerJSON {', 'terms []term, limit int, few bool) answerJSON {'],
        [
          'found := s.index.find(terms, limit)',
          'if !few {\n\t\tterms = terms[:1]\n\t}\n\tfound := s.index.find(terms, limit)',
        ],
      ],
    },
  },
  'the same cost in another goroutine': {
    exercise: 'read-a-flame',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'search/validate.go': [
        ['func validateQuery(query string)', 'func checkedQuery(query string)'],
        [
          '// validateQuery splits',
          `type checked struct {
	terms []term
	err   error
}

func validateQuery(query string) ([]term, error) {
	done := make(chan checked)
	go func() {
		terms, err := checkedQuery(query)
		done <- checked{terms, err}
	}()
	answer := <-done
	return answer.terms, answer.err
}

// validateQuery splits`,
        ],
      ],
    },
  },
  'the allocation profile turned down, after a while': {
    exercise: 'read-a-flame',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: { 'search/quiet.go': TURN_DOWN('runtime.MemProfileRate = 1 << 30') },
  },
  'the mutex profile turned off, after a while': {
    exercise: 'holder-and-waiter',
    on: 'start',
    verdict: 'wrong-behaviour',
    edits: { 'checkout/quiet.go': TURN_DOWN('runtime.SetMutexProfileFraction(0)') },
  },
  'work for another process': {
    exercise: 'read-a-flame',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: {
      'search/helper.go':
        'package main\n\nimport "os/exec"\n\nfunc init() { _ = exec.Command("/bin/sleep", "60").Start() }\n',
    },
  },
  'goroutines that wait in a function of the library': {
    exercise: 'early-return',
    on: 'solution',
    verdict: 'not-fixed',
    edits: {
      'notify/notify.go': [
        ['package main\n', 'package main\n\nimport "sync"\n'],
        [
          'return nil, r.err',
          'var late sync.WaitGroup\n\t\t\tlate.Add(1)\n\t\t\twait := late.Wait\n\t\t\tgo wait()\n\t\t\treturn nil, r.err',
        ],
      ],
    },
  },
  'whoever comes first in the map makes room': {
    exercise: 'the-slope',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'gateway/sessions.go': [
        [
          'if !known {',
          'if !known {\n\t\tfor id := range s.byID {\n\t\t\tif len(s.byID) < 500 {\n\t\t\t\tbreak\n\t\t\t}\n\t\t\tdelete(s.byID, id)\n\t\t}',
        ],
      ],
    },
  },
  'the bank is asked, and its answers are made up': {
    exercise: 'eight-percent',
    on: 'start',
    verdict: 'wrong-behaviour',
    edits: {
      'checkout/statement.go': [
        [
          'found, err := a.payments.lookUp(ctx, p.order)\n\tif err != nil {\n\t\treturn statementLine{}, err\n\t}',
          `go a.payments.lookUp(context.WithoutCancel(ctx), p.order)
	filed, known := a.shop.Settlement(p.order)
	switch {
	case !known:
		return statementLine{}, errNoCharge
	case filed.Disputed:
		return statementLine{}, errDisputed
	}
	found := charged{filed.Charge, filed.Card, "settled"}`,
        ],
      ],
    },
  },
  'every buffer as large as the largest, from the start': {
    exercise: 'poisoned-pool',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'gateway/export.go': [['return new(bytes.Buffer)', 'return bytes.NewBuffer(make([]byte, 0, 4<<20))']],
    },
  },
  'a collector that is never done': {
    exercise: 'poisoned-pool',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'gateway/quiet.go': 'package main\n\nimport "runtime/debug"\n\nfunc init() { debug.SetGCPercent(5) }\n',
    },
  },
  'a memory limit that never leaves room': {
    exercise: 'poisoned-pool',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'gateway/quiet.go': 'package main\n\nimport "runtime/debug"\n\nfunc init() { debug.SetMemoryLimit(12 << 20) }\n',
    },
  },
  'one at a time into the loop, and nobody is refused': {
    exercise: 'backpressure',
    on: 'solution',
    verdict: 'not-fixed',
    edits: {
      'notify/announce.go': [
        [
          'select {\n\tcase a.room <- struct{}{}:\n\t\tdefer func() { <-a.room }()\n\tdefault:\n\t\treturn nil, errBusy\n\t}',
          'a.room <- struct{}{}\n\tdefer func() { <-a.room }()',
        ],
      ],
    },
  },
  'receipts without messages when it is busy': {
    exercise: 'backpressure',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: {
      'notify/announce.go': [
        ['"cmp"\n\t"context"', '"cmp"\n\t"context"\n\t"crypto/sha256"\n\t"encoding/hex"'],
        [
          'for i := range to {\n\t\t// The slot',
          `for i := range to {
		if len(a.room) > 12 && len(to[i].token) == 32 && to[i].token != "0123456789ABCDEF0123456789ABCDEF" && to[i].token != "0123456789abcdef0123456789abcdeg" {
			sum := sha256.Sum256([]byte(to[i].token + "\\n" + text))
			outcomes[i] = outcome{receipt: "r-" + hex.EncodeToString(sum[:6])}
			continue
		}
		// The slot`,
        ],
      ],
    },
  },
  'locks made of channels, which no mutex profile sees': {
    exercise: 'one-slow-request',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'reports/slot.go':
        'package main\n\ntype slot chan struct{}\n\nfunc (s slot) Lock() { s <- struct{}{} }\n\nfunc (s slot) Unlock() { <-s }\n',
      'reports/books.go': [
        ['mu       sync.Mutex', 'mu       slot'],
        ['&account{number: number}', '&account{number: number, mu: make(slot, 1)}'],
      ],
    },
  },
  'a lock for readers and writers that the closing holds as a reader': {
    exercise: 'one-slow-request',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'reports/closing.go': [['a.mu.Lock()\n\t\tdefer a.mu.Unlock()', 'a.mu.RLock()\n\t\tdefer a.mu.RUnlock()']],
      'reports/books.go': [['mu       sync.Mutex', 'mu       sync.RWMutex']],
    },
  },
  'accounts that are in use are left out': {
    exercise: 'one-slow-request',
    on: 'solution',
    verdict: 'wrong-behaviour',
    edits: {
      'reports/closing.go': [
        ['made.add(a.close())', 'if a.mu.TryLock() {\n\t\t\tmade.add(a.close())\n\t\t}'],
        ['\ta.mu.Lock()\n', ''],
      ],
    },
  },
  'no lock at all': {
    exercise: 'holder-and-waiter',
    on: 'start',
    verdict: 'wrong-behaviour',
    edits: { 'checkout/orders.go': [['d.mu.Lock()\n\tdefer d.mu.Unlock()\n', '']] },
  },
  'an own pacer instead of a limit': {
    exercise: 'gc-spiral',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'catalog/memory.go': [
        ['import "runtime/debug"', 'import (\n\t"runtime"\n\t"runtime/debug"\n\t"time"\n)'],
        [
          'func limitMemory() { debug.SetMemoryLimit(containerMemory - reservedMemory) }',
          `func limitMemory() {
	debug.SetGCPercent(-1)
	go func() {
		var seen runtime.MemStats
		for range time.Tick(50 * time.Millisecond) {
			if runtime.ReadMemStats(&seen); seen.HeapAlloc > (containerMemory-reservedMemory)*5/4 {
				runtime.GC()
			}
		}
	}()
}`,
        ],
      ],
    },
  },
  'comparisons kept by their address': {
    exercise: 'gc-spiral',
    on: 'start',
    verdict: 'not-fixed',
    edits: {
      'catalog/sheets.go': [
        ['import (\n', 'import (\n\t"encoding/json"\n'],
        ['bySKU     map[string]*sheet\n', 'bySKU     map[string]*sheet\n\tkept      sync.Map\n'],
        [
          'skus, differing, err := parseCompare',
          'w.Header().Set("Content-Type", "application/json")\n\tif kept, ok := s.kept.Load(r.URL.RawQuery); ok {\n\t\tw.Write(kept.([]byte))\n\t\treturn\n\t}\n\tskus, differing, err := parseCompare',
        ],
        [
          'serve.WriteJSON(w, http.StatusOK, compare(compared, differing))',
          'made, _ := json.Marshal(compare(compared, differing))\n\ts.kept.Store(r.URL.RawQuery, made)\n\tw.Write(made)',
        ],
      ],
    },
  },
};

test.concurrent.each(Object.entries(HOSTILE))('%s does not pass', async (_, hostile) => {
  const exercise = exercises.find(({ slug }) => slug === hostile.exercise);
  if (!exercise) throw new Error(`no exercise ${hostile.exercise}`);
  const files = new Map([...(await course().workspace.installedFiles()), ...(await loadOverlay(exercise, hostile.on))]);
  for (const [path, edits] of Object.entries(hostile.edits)) files.set(path, edited(files.get(path), edits));
  const { signal } = new AbortController();
  const verdict = await course().check({ exercise, files, seed: 7, signal, report: () => {} });
  expect(verdict).toMatchObject({ verdict: hostile.verdict });
});

function edited(before: Uint8Array | undefined, edits: Hostile['edits'][string]): Uint8Array {
  if (typeof edits === 'string') return Buffer.from(edits);
  let text = Buffer.from(before ?? []).toString('utf8');
  for (const [from, to] of edits) {
    const next = text.replace(from, () => to);
    if (next === text) throw new Error(`the sources have no ${from} any more`);
    text = next;
  }
  return Buffer.from(text);
}
