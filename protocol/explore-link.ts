/** Which profiles the page's Explore view shows; with `bMatch`, compared: the first are "before". */
export interface ExploreView {
  readonly kind: string;
  readonly match: string;
  readonly bMatch?: string;
}

/** Path and query of that view; the parameters are named as in the API: `/explore?kind=cpu&match=…&b.match=…`. */
export function exploreLink({ kind, match, bMatch }: ExploreView): string {
  const parameters = Object.entries({ kind, match, ...(bMatch === undefined ? {} : { 'b.match': bMatch }) });
  return `/explore?${parameters.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&')}`;
}

/** The views of files that were opened together: two of one kind are compared, others stand alone. */
export function exploreLinks(opened: readonly { readonly kind: string; readonly match: string }[]): string[] {
  const [a, b] = opened;
  if (opened.length === 2 && a !== undefined && a.kind === b?.kind)
    return [exploreLink({ kind: a.kind, match: a.match, bMatch: b.match })];
  return opened.map(({ kind, match }) => exploreLink({ kind, match }));
}
