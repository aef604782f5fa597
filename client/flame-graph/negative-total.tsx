import './negative-total.css';
import { formatValue, Icon } from '../ui/index.ts';
import type { FlameGraphProps } from './flame-graph-props.ts';
import type { Picture } from './model/picture.ts';
import { TreeTable } from './tree-table.tsx';

/** Beside numbers whose whole is below zero; nothing beside others. */
export function NegativeNote({ total, unit }: { readonly total: number; readonly unit: string }) {
  if (!(total < 0)) return null;
  return (
    <p className="negative-note">
      <Icon name="alert" />
      The total is negative, {formatValue(total, unit)}: nothing is a share of it.
    </p>
  );
}

/** In place of a picture whose widths would mean nothing: why, and the same numbers as rows where there is room for them. */
export function NegativeTotal({ picture, ...props }: FlameGraphProps & { readonly picture: Picture }) {
  const { label = 'Flame graph', bar = true, foot = true } = props;
  return (
    <section className="flame-graph" aria-label={label} data-frames="0" data-total={picture.whole}>
      <p className="negative-note" data-alone={!(bar && foot)}>
        <Icon name="alert" />
        {wordsFor(picture)}
      </p>
      {bar && foot && picture.numbers && <TreeTable {...tableOf(props)} />}
    </section>
  );
}

function wordsFor({ difference, sides, unit, whole, numbers }: Picture): string {
  const rows = 'Widths can’t show that; the rows have the numbers.';
  if (!numbers) return 'The total is negative. Widths can’t show that.';
  if (difference === null) return `The total is negative, ${formatValue(whole, unit)}. ${rows}`;
  const totals = { before: difference.before[0] ?? 0, after: difference.after[0] ?? 0 };
  const below = (['before', 'after'] as const).filter((side) => totals[side] < 0);
  const said = below.map((side) => `of ${sides[side]}, ${formatValue(totals[side], unit)}`).join(', and ');
  return `The total ${said}, is negative. ${rows}`;
}

function tableOf({ graph, before, mode, per, sides, search, own, options, onSelect }: FlameGraphProps) {
  const given = { graph, before: before ?? null, mode: mode ?? 'after', per: per ?? 'request' } as const;
  return {
    ...given,
    ...(sides ? { sides } : {}),
    ...(search === undefined ? {} : { search }),
    ...(own ? { own } : {}),
    ...(options ? { options } : {}),
    ...(onSelect ? { onSelect } : {}),
  };
}
