import { type FormEvent, useState } from 'react';
import type { NewTarget } from '../../protocol/index.ts';
import { Button } from '../ui/index.ts';
import { labelsFromText } from './labels-from-text.ts';

export interface AttachFormProps {
  /** Why the last one was refused. */
  readonly refusal: string | null;
  readonly attaching: boolean;
  /** Resolves true when it is attached: the form is empty then. */
  readonly onAttach: (target: NewTarget) => Promise<boolean>;
}

const EMPTY = { url: '', name: '', labels: '' };

/** Address, name and labels of a Go program that the lab is to scrape. */
export function AttachForm({ refusal, attaching, onAttach }: AttachFormProps) {
  const [typed, setTyped] = useState(EMPTY);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const labels = labelsFromText(typed.labels);
    setProblem(typeof labels === 'string' ? labels : null);
    if (typeof labels === 'string') return;
    const name = typed.name.trim();
    if (await onAttach({ url: typed.url.trim(), labels, ...(name ? { name } : {}) })) setTyped(EMPTY);
  };
  const said = problem ?? refusal;
  return (
    <form className="targets-card attach" aria-labelledby="attach-title" onSubmit={(event) => void submit(event)}>
      <h2 id="attach-title">Attach a Go program</h2>
      <p>
        Any program that serves <code>net/http/pprof</code>. The lab reads its profiles from now on, and after a
        restart.
      </p>
      <Field
        label="Address"
        hint="http://127.0.0.1:6060"
        required
        typed={typed.url}
        onType={(url) => setTyped({ ...typed, url })}
      />
      <Field label="Name" hint="its host and port" typed={typed.name} onType={(name) => setTyped({ ...typed, name })} />
      <Field
        label="Labels"
        hint="service=api zone=a"
        typed={typed.labels}
        onType={(labels) => setTyped({ ...typed, labels })}
      />
      {said !== null && (
        <p className="attach-refusal" role="alert">
          {said}
        </p>
      )}
      <Button type="submit" look="primary" busy={attaching}>
        Attach
      </Button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint: string;
  readonly required?: boolean;
  readonly typed: string;
  readonly onType: (text: string) => void;
}

function Field({ label, hint, required = false, typed, onType }: FieldProps) {
  return (
    <label>
      <span>
        {label} {!required && <small>optional</small>}
      </span>
      <input
        value={typed}
        placeholder={hint}
        required={required}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onType(event.target.value)}
      />
    </label>
  );
}
