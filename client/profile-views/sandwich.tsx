import './profile-views.css';
import './sandwich.css';
import { useMemo, useState } from 'react';
import type { CallersTable } from '../../protocol/index.ts';
import { type ChosenFrame, FlameGraph, FunctionName, SaturatedNote } from '../flame-graph/index.ts';
import { Button, formatShareOf, formatValue, Icon, IconButton, usePageTheme } from '../ui/index.ts';
import { functionAsRoot } from './model/function-as-root.ts';
import { NeighbourTable } from './neighbour-table.tsx';
import type { ProfileViewProps } from './profile-view-props.ts';
import { ReadState } from './read-state.tsx';
import { useReading } from './use-reading.ts';
import { useTrail } from './use-trail.ts';

export interface SandwichProps extends ProfileViewProps {
  /** The function's whole name. */
  readonly function: string;
}

/** A function between its callers (above) and what it calls (below): as pictures that meet at the function, and as tables. */
export function Sandwich({ api, query, revision, function: name, onFunction, onFile }: SandwichProps) {
  const trail = useTrail(name, onFunction);
  const reading = useReading((signal) => api.readCallers({ ...query, function: name }, signal), {
    subject: [name, query.kind, query.type],
    occasion: [query, revision],
  });
  return (
    <section className="profile-view" aria-label={`Sandwich of ${name}`} aria-busy={reading.busy}>
      <header className="profile-view-bar">
        <IconButton
          icon="out"
          label={trail.previous === null ? 'No function before this one' : `Back to ${trail.previous}`}
          disabled={trail.previous === null}
          onClick={trail.back}
        />
        <h3 className="sandwich-name" title={name}>
          <FunctionName name={name} />
        </h3>
        {reading.value !== null && <FunctionFacts table={reading.value} onFile={onFile} />}
      </header>
      <ReadState reading={reading} what="callers and callees" hint="Pick another function, or take a wider window.">
        {(table) => <SandwichBody table={table} onFunction={trail.go} onFile={onFile} />}
      </ReadState>
    </section>
  );
}

type BodyProps = Pick<ProfileViewProps, 'onFunction' | 'onFile'> & { readonly table: CallersTable };

function SandwichBody({ table, onFunction, onFile }: BodyProps) {
  const theme = usePageTheme();
  const above = useMemo(() => functionAsRoot(table.above), [table]);
  const below = useMemo(() => functionAsRoot(table.below), [table]);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ChosenFrame | null>(null);
  const shared = { theme, search, onSearch: setSearch, onSelect: setChosen };
  const name = table.function.name;
  return (
    <div className="sandwich">
      <div className="sandwich-pictures">
        <SaturatedNote of={table} />
        <FlameGraph {...shared} graph={above} orientation="flame" foot={false} label="Callers" />
        <div className="sandwich-middle">
          {chosen === null || chosen.name === name ? (
            <span>Callers above, callees below: click a frame to zoom, then go on from here.</span>
          ) : (
            <>
              <FunctionName name={chosen.name} />
              <Button look="quiet" icon={<Icon name="flip" />} onClick={() => onFunction(chosen.name)}>
                Sandwich
              </Button>
              {chosen.file !== '' && (
                <Button look="quiet" onClick={() => onFile(chosen.file, chosen.line, chosen.name)}>
                  Source
                </Button>
              )}
            </>
          )}
        </div>
        <FlameGraph {...shared} graph={below} orientation="icicle" bar={false} label="Callees" />
      </div>
      <div className="sandwich-tables">
        <NeighbourTable title="Called by" edges={table.callers} table={table} onFunction={onFunction} />
        <NeighbourTable title="Calls" edges={table.callees} table={table} onFunction={onFunction} />
      </div>
    </div>
  );
}

function FunctionFacts({ table, onFile }: Pick<BodyProps, 'table' | 'onFile'>) {
  const { name, flat, cum, file } = table.function;
  const said = (value: number) => `${formatValue(value, table.unit)} · ${formatShareOf(value, table.total)}`;
  return (
    <p className="profile-view-facts">
      <span>
        Cum <b>{said(cum)}</b>
      </span>
      <span>
        Flat <b>{said(flat)}</b>
      </span>
      {file !== '' && (
        <Button look="quiet" onClick={() => onFile(file, 0, name)}>
          {file.slice(file.lastIndexOf('/') + 1)}
        </Button>
      )}
    </p>
  );
}
