import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type ChoicesStore, completed, completionAt, type Failure } from '../state/index.ts';
import { Icon } from '../ui/index.ts';
import { SelectorProblem } from './selector-problem.tsx';

export interface SelectorInputProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly choices: ChoicesStore;
  readonly onCommit: (text: string) => void;
}

const MOST_SUGGESTIONS = 40;

/** A PromQL selector with completion of labels and values; what the lab can't read stays here, with the reason. */
export function SelectorInput({ label, value, placeholder, choices, onCommit }: SelectorInputProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { suggestions, active, suggest, move, close } = useSuggestions(choices);
  useEffect(() => {
    setTyped(value);
    setFailure(null);
    let current = true;
    if (value !== '') void choices.checkSelector(value).then((found) => current && setFailure(found));
    return () => {
      current = false;
    };
  }, [value, choices]);

  const commit = async (text: string) => {
    close();
    const found = text.trim() === '' ? null : await choices.checkSelector(text);
    setFailure(found);
    if (found === null && text.trim() !== value) onCommit(text.trim());
  };
  const take = (chosen: string) => {
    const element = input.current;
    const at = element && completionAt(typed, element.selectionStart ?? typed.length);
    if (!element || !at) return close();
    const next = completed(typed, at, chosen);
    setTyped(next.text);
    close();
    if (at.of === 'label') void suggest(next.text, next.caret);
    // The caret can be placed once React has written the text.
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = suggestions[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (suggestions.length > 0) move(event.key === 'ArrowDown' ? 1 : -1);
      else void suggest(typed, event.currentTarget.selectionStart ?? typed.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') void commit(typed);
    else if (event.key === 'Escape' && suggestions.length > 0) close();
    else if (event.key === 'Escape') setTyped(value);
  };
  return (
    <div className="selector-input" data-bad={failure !== null}>
      <Icon name="search" />
      <input
        ref={input}
        role="combobox"
        aria-label={label}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={failure !== null}
        aria-describedby={failure === null ? undefined : `${id}-problem`}
        value={typed}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => {
          setTyped(event.target.value);
          void suggest(event.target.value, event.target.selectionStart ?? 0);
        }}
        onFocus={(event) => void suggest(typed, event.currentTarget.selectionStart ?? typed.length)}
        onClick={(event) => void suggest(typed, event.currentTarget.selectionStart ?? typed.length)}
        onBlur={() => void commit(typed)}
        onKeyDown={onKeyDown}
      />
      {suggestions.length > 0 && (
        <div className="selector-list" role="listbox" id={`${id}-list`} aria-label="Completions">
          {suggestions.map((one, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text; aria-activedescendant points here
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text's arrow keys and Enter choose
            <div
              key={one}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              {one}
            </div>
          ))}
        </div>
      )}
      {failure !== null && <SelectorProblem id={`${id}-problem`} text={typed} failure={failure} />}
    </div>
  );
}

function useSuggestions(choices: ChoicesStore) {
  const [suggestions, setSuggestions] = useState<readonly string[]>([]);
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  const close = () => {
    asked.current++;
    setSuggestions([]);
    setActive(-1);
  };
  const suggest = async (text: string, caret: number) => {
    const own = ++asked.current;
    const at = completionAt(text, caret);
    if (at === null) return close();
    const all = at.of === 'label' ? choices.store.get().labels : await choices.valuesOf(at.label, '');
    if (own !== asked.current) return;
    const wanted = at.typed.toLowerCase();
    const found = all.filter((one) => one.toLowerCase().includes(wanted) && one !== at.typed);
    setSuggestions(found.slice(0, MOST_SUGGESTIONS));
    setActive(-1);
  };
  const move = (by: number) =>
    setActive((now) => (now + by + suggestions.length + (now < 0 && by < 0 ? 1 : 0)) % suggestions.length);
  return { suggestions, active, suggest, move, close };
}
