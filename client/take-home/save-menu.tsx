import { useState } from 'react';
import type { Notices } from '../state/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button, Icon } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import { canvasToPng } from './canvas-to-png.ts';
import { saveFile } from './save-file.ts';
import './take-home.css';

export interface SaveMenuProps {
  /** Files are named after it, e.g. the kind of the profile. */
  readonly name: string;
  /** The standalone page of what is on screen; before and after when two are compared. */
  readonly page: () => Promise<Blob>;
  /** The profiles themselves, for `flamelab import`. */
  readonly bundle: () => Promise<Blob>;
  /** The graph as drawn; null while a table is shown. */
  readonly canvas: () => HTMLCanvasElement | null;
  /** The view's own address; leave it out where the address doesn't say what is shown. */
  readonly link?: () => string;
  readonly notices: Notices;
}

/** What is on screen as a file, or as a link. */
export function SaveMenu({ name, page, bundle, canvas, link, notices }: SaveMenuProps) {
  const picture = () => {
    const drawn = canvas();
    if (drawn === null) throw new Error('a picture is made of the graph; show it first');
    return canvasToPng(drawn);
  };
  const shared = { notices };
  return (
    <Popover label="Save" align="end" button={<Icon name="download" />}>
      {() => (
        <div className="save-menu">
          <SaveButton {...shared} label="Page (HTML)" file={`${name}.html`} make={page}>
            One file with the flame graph, for any browser; needs no lab
          </SaveButton>
          <SaveButton {...shared} label="Picture (PNG)" file={`${name}.png`} make={async () => picture()}>
            The graph as it is drawn now
          </SaveButton>
          <SaveButton {...shared} label="Profiles (bundle)" file={`${name}.flamelab.gz`} make={bundle}>
            For flamelab import in another lab
          </SaveButton>
          {link && <CopyButton label="Copy link" title="The address of this view" text={async () => link()} />}
        </div>
      )}
    </Popover>
  );
}

interface SaveButtonProps extends Pick<SaveMenuProps, 'notices'> {
  readonly label: string;
  readonly file: string;
  readonly make: () => Promise<Blob>;
  /** What it is good for. */
  readonly children: string;
}

function SaveButton({ label, file, make, notices, children }: SaveButtonProps) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const content = await notices.attempt(`Save ${file}`, make);
    setBusy(false);
    if (content !== undefined) saveFile(file, content);
  };
  return (
    <div>
      <Button look="plain" busy={busy} icon={<Icon name="download" />} onClick={() => void save()}>
        {label}
      </Button>
      <p>{children}</p>
    </div>
  );
}
