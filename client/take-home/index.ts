/**
 * take-home: pprof files that come into the page, dropped or chosen, and files that leave it: a page, a bundle. It gets the lab's
 * calls as functions and hands out a link to the view; it must not know URLs of the lab, nor how a view is shown.
 *
 *     <DropTarget open={api.openFile} notices={notices} onOpen={(link) => navigate(link)} />
 *     <SaveMenu name="cpu" page={page} bundle={bundle} notices={notices} />
 */
export { DropTarget } from './drop-target.tsx';
export type { FileOpener } from './open-files.ts';
export { OpenFilesButton } from './open-files-button.tsx';
export { SaveMenu, type SaveMenuProps } from './save-menu.tsx';
