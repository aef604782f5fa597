/**
 * take-home: files that come into the page (pprof files that are dropped or chosen) and that leave it (page, bundle, picture,
 * link). It gets the lab's calls as functions and hands out a link to the view; it must not know URLs of the lab, nor how a view is shown.
 *
 *     <DropTarget open={api.openFile} notices={notices} onOpen={(link) => navigate(link)} />
 *     <SaveMenu name="cpu" page={page} bundle={bundle} canvas={canvas} notices={notices} link={() => location.href} />
 */
export { canvasToPng } from './canvas-to-png.ts';
export { DropTarget } from './drop-target.tsx';
export type { FileOpener } from './open-files.ts';
export { OpenFilesButton } from './open-files-button.tsx';
export { SaveMenu, type SaveMenuProps } from './save-menu.tsx';
