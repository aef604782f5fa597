/** Line icons on a 16 × 16 grid, drawn with the text's colour; always beside a name that says the same. */
const PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  close: 'M3.5 3.5l9 9m0-9l-9 9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  out: 'M13.5 8h-11m4-4.5L2.5 8l4 4.5',
  home: 'M2.5 7.5L8 2.5l5.5 5M4 6.5v7h8v-7',
  check: 'M2.5 8.5l3.5 4 7.5-9',
  alert: 'M8 2l6.5 11.5h-13zM8 6.5v3.2m0 1.8v.3',
  play: 'M4.5 2.5l9 5.5-9 5.5z',
  pause: 'M5 2.5v11m6-11v11',
  stop: 'M3.5 3.5h9v9h-9z',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7L3 6m0-3.5V6h3.5',
  hint: 'M6 11.5h4M6.5 14h3M5.8 9.5a4 4 0 1 1 4.4 0c-.4.4-.4 1-.4 2H6.2c0-1 0-1.6-.4-2z',
  terminal: 'M2 3h12v10H2zM4.5 6l2 2-2 2m4 .5h3',
  flame:
    'M8 14.5c-3 0-4.7-2-4.7-4.4C3.3 7 6.3 6 6.6 1.8 9.6 3.4 12.7 6.5 12.7 10.1 12.7 12.5 11 14.5 8 14.5zM8 14.5c-1.3 0-2-.9-2-2 0-1.4 1.3-1.9 1.6-3.4 1.4 1 2.4 2 2.4 3.4 0 1.1-.7 2-2 2z',
  table: 'M2 3h12v10H2zM2 6.5h12M2 9.8h12M6 3v10',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  flip: 'M4.5 13.5v-11m-2.5 3l2.5-3 2.5 3m4.5-3v11m-2.5-3l2.5 3 2.5-3',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M3 13l1.1-1.1M11.9 4.1L13 3',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  screen: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
  scale: 'M2.5 4v8m11-8v8M4.5 8h7m-5-2l-2 2 2 2m3-4l2 2-2 2',
  download: 'M8 2v8.5m-3.5-3L8 11l3.5-3.5M2.5 13.5h11',
  filter: 'M2 3h12L9.5 8.5v4l-3 1.5V8.5z',
  layers: 'M8 2l6 3-6 3-6-3zM2.5 8.2L8 11l5.5-2.8M2.5 11.2L8 14l5.5-2.8',
  stack: 'M3 3.5h10M3 6.5h8M3 9.5h6M3 12.5h4',
  keyboard: 'M1.5 4h13v8h-13zM4 6.7h.1M6.6 6.7h.1M9.2 6.7h.1M11.8 6.7h.1M4.6 9.5h6.8',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.7-4L2.5 5.6m0-3.1v3.1h3.1M8 5v3.3l2.2 1.4',
  folder: 'M2 4h4.2l1.5 1.7H14v7.3H2z',
  target: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM8 8h.1',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = '1em' }: { readonly name: IconName; readonly size?: string }) {
  return (
    <svg className="ui-icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
