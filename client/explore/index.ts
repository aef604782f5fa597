/**
 * explore: any stored profiles, by label and time: a timeline per service on which windows are brushed, compared and stepped
 * through, and the views of the window. A screen: it lays out other rooms' panels, as app/ does. What it shows is its address
 * (state/explore-query.ts), so every view can be shared. It must not know exercises, the editor or verdicts.
 *
 *     <ExploreScreen explore={explore} timeline={timeline} choices={choices} api={api} theme={theme} lab={lab}
 *       saveMenu={…} />
 */
export { ExploreScreen } from './explore-screen.tsx';
