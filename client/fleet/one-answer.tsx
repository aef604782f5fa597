import type { OneAnswer } from '../state/index.ts';
import { formatMillis, Icon } from '../ui/index.ts';

/** One request and what came back; text, whatever it holds. */
export function OneAnswerView({ answer }: { readonly answer: OneAnswer }) {
  const { request, status, body, millis, ok, expected, target } = answer;
  return (
    <section className="one-answer" aria-label={`Answer of ${target}`}>
      <p>
        <code>
          {request.method} {request.path}
        </code>
      </p>
      {request.body !== undefined && request.body !== '' && <pre>{request.body}</pre>}
      <p className="one-answer-status" data-ok={ok}>
        <Icon name={ok ? 'check' : 'alert'} /> {target}: {status} in {formatMillis(millis)},{' '}
        {ok ? 'as it should be' : 'not what it should be'}
      </p>
      <pre>{prettyJson(body)}</pre>
      {!ok && expected !== undefined && (
        <>
          <p>Expected:</p>
          <pre>{prettyJson(expected)}</pre>
        </>
      )}
    </section>
  );
}

/** Indents what is JSON, leaves anything else as it came. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
