/**
 * export: what leaves the lab as a file that needs no lab: a page with an interactive flame graph, and bundles of profiles. Pure
 * but for reading the page's template. It must not know where profiles come from or over which wire a file leaves.
 *
 *     const html = writeGraphPage(await readTemplate(file), graphPageOfTree(tree, heading));
 */
export { type GraphPageHeading, graphPageOfDiff, graphPageOfTree, MOST_PAGE_FRAMES } from './graph-page.ts';
export { type BundleLimits, DEFAULT_BUNDLE_LIMITS, readBundle } from './read-bundle.ts';
export { writeBundle } from './write-bundle.ts';
export { readTemplate, writeGraphPage } from './write-graph-page.ts';
