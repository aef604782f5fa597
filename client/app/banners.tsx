import type { ReactNode } from 'react';
import { isGoMissing, useStore } from '../state/index.ts';
import { Button, Icon } from '../ui/index.ts';
import type { Session } from './session.ts';

/** What is wrong with the whole lab, and what to do about it; nothing here when all is well. */
export function Banners({ session }: { readonly session: Session }) {
  const { lab, connection, outdated } = useStore(session.lab.store, (state) => state);
  return (
    <>
      {outdated && (
        <Banner>
          This page and the lab are of different versions. Stop the lab, run <code>npm start</code>, and reload this
          page.
        </Banner>
      )}
      {connection === 'lost' && (
        <Banner busy>
          The lab doesn’t answer; trying again. What you typed stays here. If it was stopped, start it with{' '}
          <code>npm start</code>.
        </Banner>
      )}
      {connection === 'refused' && (
        <Banner>
          The lab was started again and doesn’t know this browser any more. Open the link that it printed in its
          terminal in another tab, or the one that <code>npx flamelab doctor</code> prints; this page then goes on.
        </Banner>
      )}
      {lab && isGoMissing(lab.go) && (
        <Banner tone="warn">
          {sentence(lab.go.message ?? 'Go was not found: install Go 1.24 or newer and start the lab again')} Until then,
          everything that doesn’t need Go works.
        </Banner>
      )}
      {lab?.fleet.paused && (
        <Banner tone="quiet">
          Everything is paused: nothing runs until you resume.{' '}
          <Button look="quiet" onClick={() => void session.load.pauseAll(false)}>
            Resume
          </Button>
        </Banner>
      )}
      {lab?.fleet.note && !lab.fleet.paused && <Banner>{lab.fleet.note}</Banner>}
    </>
  );
}

/** "found go1.20 …" → "Found go1.20 … ." */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!…]$/.test(text) ? '' : '.'}`;
}

interface BannerProps {
  readonly tone?: 'bad' | 'warn' | 'quiet';
  readonly busy?: boolean;
  readonly children: ReactNode;
}

function Banner({ tone = 'bad', busy = false, children }: BannerProps) {
  return (
    <div className="banner" role={tone === 'quiet' ? 'status' : 'alert'} data-tone={tone}>
      {busy ? <span className="ui-spinner" aria-hidden="true" /> : <Icon name={tone === 'quiet' ? 'pause' : 'alert'} />}
      <p>{children}</p>
    </div>
  );
}
