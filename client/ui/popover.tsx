import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import './popover.css';

export interface PopoverProps {
  /** What the button shows. */
  readonly button: ReactNode;
  /** The accessible name of the button and of what it opens. */
  readonly label: string;
  readonly align?: 'start' | 'end';
  /** `close` also gives the focus back to the button. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a small panel under it. Escape, a click elsewhere and leaving by Tab close it. */
export function Popover({ button, label, align = 'start', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useLayoutEffect(() => {
    if (open && panel.current) moveIntoSight(panel.current);
  }, [open]);
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      const inside = event.target instanceof Node && root.current?.contains(event.target);
      if (!inside) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears Escape on its way up from the controls inside
    <div
      className="ui-popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
    >
      <button
        type="button"
        ref={opener}
        className="ui-button ui-popover-button"
        data-look="quiet"
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section className="ui-popover-panel" ref={panel} id={id} aria-label={label} data-align={align}>
          {children(close)}
        </section>
      )}
    </div>
  );
}

const MARGIN_PIXELS = 8;

/** To the side, as far as it would be cut by the window's edge. */
function moveIntoSight(panel: HTMLElement): void {
  const { left, right } = panel.getBoundingClientRect();
  const beyond = Math.max(0, right - document.documentElement.clientWidth + MARGIN_PIXELS);
  const before = Math.max(0, MARGIN_PIXELS - (left - beyond));
  panel.style.translate = `${before - beyond}px`;
}
