import { expect, it } from 'vitest';
import { redactKeys } from '../../../server/http/redact-keys.ts';

it('hides keys and codes, and nothing else', () => {
  const text = 'go tool pprof "http://127.0.0.1:1/api/pprof?key=abc&kind=cpu" /open/s3cret?x /api/kinds?monkey=1';
  expect(redactKeys(text)).toBe(
    'go tool pprof "http://127.0.0.1:1/api/pprof?key=…&kind=cpu" /open/…?x /api/kinds?monkey=1',
  );
});
