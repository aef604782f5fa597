import { type ReadParameter, readOneOf } from './tree-look.ts';

const ORDERS = ['flat', 'high', 'cum', 'name'] as const;
const ROWS = ['total', 'self', 'name'] as const;

/** How the views beside the graph are looked at. */
export interface ViewLook {
  /** Text that names or files of Top's functions contain. */
  readonly filter: string;
  /** Top's order. */
  readonly order: { readonly by: (typeof ORDERS)[number]; readonly descending: boolean };
  /** What the rows of the tree are sorted by. */
  readonly rows: (typeof ROWS)[number];
  /** Version of the program whose source is shown; null: the one that the window has most of. */
  readonly build: string | null;
}

export const PLAIN_VIEWS: ViewLook = {
  filter: '',
  order: { by: 'flat', descending: true },
  rows: 'total',
  build: null,
};

export const VIEW_PARAMETERS = ['filter', 'order', 'rows', 'build'];

const UP = '.up';

/** `filter=json&order=cum.up&rows=self&build=v2`, each only where it isn't as usual; `.up`: smallest first, or from Z to A. */
export function pairsOfViews({ filter, order, rows, build }: ViewLook): [string, string | null][] {
  const asUsual = order.descending === (order.by !== 'name');
  const word = `${order.by}${asUsual ? '' : UP}`;
  return [
    ['filter', filter],
    ['order', word === PLAIN_VIEWS.order.by ? null : word],
    ['rows', rows === PLAIN_VIEWS.rows ? null : rows],
    ['build', build],
  ];
}

export function viewsFromParameters(read: ReadParameter): ViewLook {
  const order = (text: string): ViewLook['order'] | null => {
    const turned = text.endsWith(UP);
    const by = ORDERS.find((word) => word === (turned ? text.slice(0, -UP.length) : text));
    return by === undefined ? null : { by, descending: (by !== 'name') !== turned };
  };
  return {
    filter: read('filter', (text) => text, '') ?? PLAIN_VIEWS.filter,
    order: read('order', order, `one of ${ORDERS.join(', ')}, each also with ${UP}`) ?? PLAIN_VIEWS.order,
    rows: readOneOf(read, 'rows', ROWS) ?? PLAIN_VIEWS.rows,
    build: read('build', (text) => text, ''),
  };
}
