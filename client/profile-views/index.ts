/**
 * profile-views: more views of a selection of profiles than its flame graph: a table of functions, the sandwich of one function,
 * a source file with what its lines cost, and shares by label. Each reads what it shows by the calls that it is handed, and says
 * what was picked. It must not know where selections come from, what is shown beside it, nor any URL.
 *
 *     <TopTable api={api} query={query} revision={1} onFunction={openSandwich} onFile={openSource} />
 *     <Sandwich … function="bazaar/search.find" />   <SourceView … file="bazaar/search/find.go" line={0} />
 *     <LabelBreakdown … onNarrow={setMatch} />
 */
export { LabelBreakdown, type LabelBreakdownProps } from './label-breakdown.tsx';
export type { ProfileViewApi, ProfileViewProps } from './profile-view-props.ts';
export { Sandwich, type SandwichProps } from './sandwich.tsx';
export { SourceView, type SourceViewProps } from './source-view.tsx';
export { TopGrid, type TopGridProps, type TopLook, TopTable } from './top-table.tsx';
