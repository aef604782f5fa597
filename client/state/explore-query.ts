import { type DiffPer, diffPer, kindName } from '../../protocol/index.ts';
import { LOOK_PARAMETERS, lookFromParameters, PLAIN_LOOK, pairsOfLook, readOneOf, type TreeLook } from './tree-look.ts';
import { PLAIN_VIEWS, pairsOfViews, VIEW_PARAMETERS, type ViewLook, viewsFromParameters } from './view-look.ts';

export const EXPLORE_VIEWS = ['flame', 'icicle', 'table', 'top', 'sandwich', 'source', 'labels'] as const;
export type ExploreView = (typeof EXPLORE_VIEWS)[number];

/** Views of a tree can show a difference; the others show one side of a comparison. */
export const isTreeView = (view: ExploreView): boolean => view === 'flame' || view === 'icicle' || view === 'table';

/** How far back a live view reaches; null = everything stored. */
export const SPANS = { '5m': 300_000, '15m': 900_000, '1h': 3_600_000, all: null } as const;
export type Span = keyof typeof SPANS;

/** Unix milliseconds, `from` in, `to` out; null = open. */
export interface TimeRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** The second side of a comparison. `match` null: as the first side's. */
export interface SecondSide extends TimeRange {
  readonly match: string | null;
}

/** Everything that the Explore screen shows, as its address says it; the names are those of the API. */
export interface ExploreQuery extends TimeRange {
  readonly kind: string;
  readonly type: string | null;
  /** PromQL selector; '' = everything. */
  readonly match: string;
  readonly focus: string | null;
  readonly ignore: string | null;
  readonly hide: string | null;
  /** The label whose values are the tree's first level. */
  readonly by: string | null;
  readonly b: SecondSide | null;
  /** null: what suits the kind. */
  readonly per: DiffPer | null;
  /** Of a comparison: one side alone, or null for the difference. */
  readonly side: 'a' | 'b' | null;
  readonly view: ExploreView;
  readonly function: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** Function names from the root to the zoomed frame. */
  readonly zoom: readonly string[];
  readonly search: string;
  readonly look: TreeLook;
  readonly views: ViewLook;
  /** The window ends now and moves on; `from` and `to` are then null. */
  readonly live: Span | null;
  /** What the time axis spans; null: around the windows. */
  readonly axis: { readonly from: number; readonly to: number } | null;
}

export const DEFAULT_QUERY: ExploreQuery = {
  kind: 'cpu',
  type: null,
  match: '',
  from: null,
  to: null,
  focus: null,
  ignore: null,
  hide: null,
  by: null,
  b: null,
  per: null,
  side: null,
  view: 'flame',
  function: null,
  file: null,
  line: null,
  zoom: [],
  search: '',
  look: PLAIN_LOOK,
  views: PLAIN_VIEWS,
  live: '5m',
  axis: null,
};

/** Longer zoom paths keep their outer frames: a server refuses an address that is longer than its headers may be. */
const MOST_ZOOM_CHARACTERS = 6_000;

/**
 * `?kind=heap&match=%7Bservice%3D%22search%22%7D&from=…&to=…`; `kind` is always there, so that an address without parameters
 * can mean "the last five minutes" and one without times, as in the API, everything stored.
 */
export function searchOfQuery(query: ExploreQuery): string {
  const { b, axis, zoom, live, view, look, views, ...rest } = query;
  const pairs: [string, string | number | null][] = [
    ...Object.entries(rest),
    ['b.match', b?.match ?? null],
    ['b.from', b?.from ?? null],
    ['b.to', b?.to ?? null],
    ['view', view === DEFAULT_QUERY.view ? null : view],
    ...pairsOfLook(look),
    ...pairsOfViews(views),
    ['axis.from', axis?.from ?? null],
    ['axis.to', axis?.to ?? null],
    ['live', live],
    ...shortEnough(zoom).map((name): [string, string] => ['zoom', name]),
  ];
  const set = pairs.filter(([, value]) => value !== null && value !== '');
  return `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`;
}

function shortEnough(zoom: readonly string[]): readonly string[] {
  let characters = 0;
  const end = zoom.findIndex((name) => {
    characters += encodeURIComponent(name).length + '&zoom='.length;
    return characters > MOST_ZOOM_CHARACTERS;
  });
  return end < 0 ? zoom : zoom.slice(0, end);
}

export interface ReadQuery {
  readonly query: ExploreQuery;
  /** A sentence for each parameter that makes no sense; what it would have set is as if it were absent. */
  readonly problems: readonly string[];
}

const KNOWN = [
  ...[
    'kind',
    'type',
    'match',
    'from',
    'to',
    'focus',
    'ignore',
    'hide',
    'by',
    'b.match',
    'b.from',
    'b.to',
    'per',
    'side',
  ],
  ...['view', 'function', 'file', 'line', 'zoom', 'search', 'live', 'axis.from', 'axis.to'],
  ...LOOK_PARAMETERS,
  ...VIEW_PARAMETERS,
];

/** Reads an address that anyone may have written. */
export function queryFromSearch(search: string): ReadQuery {
  const parameters = new URLSearchParams(search);
  if (parameters.size === 0) return { query: DEFAULT_QUERY, problems: [] };
  const problems: string[] = [];
  for (const name of new Set(parameters.keys())) {
    if (!KNOWN.includes(name)) problems.push(`There is no parameter ${quoted(name)}.`);
    else if (name !== 'zoom' && parameters.getAll(name).length > 1) {
      problems.push(`The parameter ${name} is there more than once: the first is taken.`);
    }
  }
  const read = <T>(name: string, parse: (text: string) => T | null, expected: string): T | null => {
    const text = parameters.get(name);
    if (text === null || text === '') return null;
    const value = parse(text);
    if (value === null) problems.push(`The parameter ${name} says ${quoted(text)}; expected ${expected}.`);
    return value;
  };
  const word = (name: string) => read(name, (text) => text, '');
  const time = (name: string) => read(name, timeFromText, 'RFC 3339 (2026-01-02T15:04:05Z) or Unix milliseconds');
  const range = (prefix: string): TimeRange => {
    const [from, to] = [time(`${prefix}from`), time(`${prefix}to`)];
    if (from === null || to === null || from <= to) return { from, to };
    problems.push(`${prefix}from lies after ${prefix}to: both are left out.`);
    return { from: null, to: null };
  };
  const oneOf = <T extends string>(name: string, words: readonly T[]) => readOneOf(read, name, words);

  const window = range('');
  const live = oneOf('live', ['5m', '15m', '1h', 'all']);
  const bMatch = word('b.match');
  const bWindow = range('b.');
  const hasB = bMatch !== null || bWindow.from !== null || bWindow.to !== null;
  const axis = range('axis.');
  const fixed = window.from !== null || window.to !== null || hasB;
  const query: ExploreQuery = {
    kind: read('kind', (text) => kindName.safeParse(text).data ?? null, 'a word such as cpu, allocs or heap') ?? 'cpu',
    type: word('type'),
    match: word('match') ?? '',
    ...window,
    focus: word('focus'),
    ignore: word('ignore'),
    hide: word('hide'),
    by: word('by'),
    b: hasB ? { match: bMatch, ...bWindow } : null,
    per: oneOf('per', diffPer.options),
    side: hasB ? oneOf('side', ['a', 'b']) : null,
    view: oneOf('view', EXPLORE_VIEWS) ?? DEFAULT_QUERY.view,
    function: word('function'),
    file: word('file'),
    line: read('line', (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null), 'a line number'),
    zoom: parameters.getAll('zoom'),
    search: word('search') ?? '',
    look: lookFromParameters(read),
    views: viewsFromParameters(read),
    live: fixed ? null : live,
    axis: axis.from === null || axis.to === null ? null : { from: axis.from, to: axis.to },
  };
  return { query, problems };
}

function timeFromText(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const millis = /^\d{4}-\d\d-\d\d[Tt]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? null : millis;
}

const quoted = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
