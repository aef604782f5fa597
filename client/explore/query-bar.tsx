import { useStore } from '../state/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import type { PartProps } from './explore-props.ts';
import { FilterFields } from './filter-fields.tsx';
import { inUsualOrder, kindTitle, typesOf, typeTitle, usualType } from './kind-words.ts';
import { MatcherChips } from './matcher-chips.tsx';
import { SelectorInput } from './selector-input.tsx';

/** Which profiles: kind, sample type, labels, patterns; and a link to all of it. */
export function QueryBar({ state, change, choices, saveMenu }: PartProps) {
  const { query, failure } = state;
  const stored = useStore(choices.store, ({ kinds }) => kinds) ?? [];
  const kinds = inUsualOrder(stored.includes(query.kind) ? stored : [query.kind, ...stored]);
  const types = typesOf(query.kind, query.type);
  const filters = [query.focus, query.ignore, query.hide].filter((pattern) => pattern !== null).length;
  return (
    <header className="query-bar">
      <label className="query-select">
        <span>Kind</span>
        <select
          value={query.kind}
          onChange={({ target }) => change({ kind: target.value, type: usualType(target.value), per: null, zoom: [] })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindTitle(kind)}
            </option>
          ))}
        </select>
      </label>
      {types.length > 1 && (
        <label className="query-select">
          <span>Type</span>
          <select value={query.type ?? types[0]} onChange={({ target }) => change({ type: target.value })}>
            {types.map((type) => (
              <option key={type} value={type}>
                {typeTitle(type)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="query-selector">
        <SelectorInput
          label={query.b === null ? 'Selector' : 'Selector of A'}
          value={query.match}
          placeholder={'all services; e.g. {service="search"}'}
          choices={choices}
          onCommit={(match) => change({ match })}
        />
        <MatcherChips match={query.match} onChange={(match) => change({ match })} />
      </div>
      {query.b !== null && (
        <div className="query-selector">
          <SelectorInput
            label="Selector of B"
            value={query.b.match ?? ''}
            placeholder="B: the same as A"
            choices={choices}
            onCommit={(match) => query.b && change({ b: { ...query.b, match: match || null } })}
          />
          <MatcherChips
            match={query.b.match ?? ''}
            onChange={(match) => query.b && change({ b: { ...query.b, match: match || null } })}
          />
        </div>
      )}
      <div className="query-actions">
        <Popover
          label="Filter"
          align="end"
          button={
            <>
              <Icon name="table" />
              Filter
              {filters > 0 && <span className="ui-badge">{filters}</span>}
            </>
          }
        >
          {() => <FilterFields query={query} failure={failure} onChange={(patch) => change(patch)} />}
        </Popover>
        <CopyButton
          label="Copy link"
          title="Copies the address of exactly this view; whoever has a session of this lab can open it"
          text={async () => window.location.href}
        />
        {saveMenu}
      </div>
      {failure?.message.startsWith('The pattern ') && (
        <p className="query-problem" role="alert">
          {failure.message}
        </p>
      )}
    </header>
  );
}
