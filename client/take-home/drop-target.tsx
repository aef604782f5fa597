import { useEffect, useRef, useState } from 'react';
import { Icon } from '../ui/index.ts';
import { type FileOpener, openFiles } from './open-files.ts';
import './take-home.css';

/**
 * The whole page takes pprof files: while some are dragged over it, it says so; what is dropped is opened. Text that is dragged
 * about inside the page is left alone.
 */
export function DropTarget(opener: FileOpener) {
  const [dragging, setDragging] = useState(false);
  const latest = useRef(opener);
  latest.current = opener;
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      void openFiles(files, latest.current);
    };
    // In the capture phase: the editor would insert the text of a file that is dropped on it.
    window.addEventListener('dragover', over, true);
    window.addEventListener('dragleave', leave, true);
    window.addEventListener('drop', drop, true);
    return () => {
      window.removeEventListener('dragover', over, true);
      window.removeEventListener('dragleave', leave, true);
      window.removeEventListener('drop', drop, true);
    };
  }, []);
  if (!dragging) return null;
  return (
    <div className="drop-target">
      <p>
        <Icon name="flame" size="2em" />
        Drop pprof files to look at them; two are compared.
      </p>
    </div>
  );
}
