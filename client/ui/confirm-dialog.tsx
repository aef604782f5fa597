import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import './dialog.css';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button, e.g. "Reset". */
  readonly confirm: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** A question that must be answered first; Escape means no. Mounted = open. */
export function ConfirmDialog({ title, children, confirm, danger = false, onConfirm, onCancel }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="ui-dialog" aria-label={title} onClose={onCancel}>
      <h2>{title}</h2>
      <div className="ui-dialog-text">{children}</div>
      <div className="ui-dialog-actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look={danger ? 'danger' : 'primary'} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
