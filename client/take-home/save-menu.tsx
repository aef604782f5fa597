import { useState } from 'react';
import type { Notices } from '../state/index.ts';
import { Button, Icon, saveFile } from '../ui/index.ts';
import { Popover } from '../ui/popover.tsx';
import './take-home.css';

export interface SaveMenuProps {
  /** Files are named after it, e.g. the kind of the profile. */
  readonly name: string;
  /** The standalone page of what is on screen; before and after when two are compared. */
  readonly page: () => Promise<Blob>;
  /** The profiles themselves, for `flamelab import`. */
  readonly bundle: () => Promise<Blob>;
  readonly notices: Notices;
}

/** What is on screen as files that need no lab, or another one. */
export function SaveMenu({ name, page, bundle, notices }: SaveMenuProps) {
  return (
    <Popover label="Save as" align="end" button={<Icon name="download" />}>
      {() => (
        <div className="save-menu">
          <SaveButton notices={notices} label="Page (HTML)" file={`${name}.html`} make={page}>
            One file with the flame graph, for any browser; needs no lab
          </SaveButton>
          <SaveButton notices={notices} label="Profiles (bundle)" file={`${name}.flamelab.gz`} make={bundle}>
            For flamelab import in another lab
          </SaveButton>
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
