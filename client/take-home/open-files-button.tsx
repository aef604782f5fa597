import { useRef, useState } from 'react';
import { Button, Icon } from '../ui/index.ts';
import { type FileOpener, openFiles } from './open-files.ts';

/** The same as dropping, for keyboards and small screens. `narrow`: only the icon is shown. */
export function OpenFilesButton({ narrow = false, ...opener }: FileOpener & { readonly narrow?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const choose = async (files: readonly File[]) => {
    setBusy(true);
    await openFiles(files, opener);
    setBusy(false);
  };
  return (
    <>
      <Button
        look="quiet"
        aria-label="Open profiles"
        title="Look at pprof files; two are compared. They can also be dropped anywhere on the page"
        icon={<Icon name="folder" />}
        busy={busy}
        onClick={() => input.current?.click()}
      >
        {narrow ? null : 'Open…'}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="pprof files"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // the same file may be chosen again
          void choose(files);
        }}
      />
    </>
  );
}
