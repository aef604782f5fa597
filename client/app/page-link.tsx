import type { MouseEvent, ReactNode } from 'react';
import type { AddressStore } from '../state/index.ts';
import type { PagePath } from './pages.ts';

export interface PageLinkProps {
  readonly address: AddressStore;
  readonly to: PagePath | `/chapters/${string}` | '/targets/traces';
  /** `?…`, or ''. */
  readonly search?: string;
  readonly current?: boolean;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A real link that doesn't reload the page; a new tab or window gets the address as with any link. */
export function PageLink({ address, to, search = '', current = false, children, ...rest }: PageLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    address.go(to, search);
  };
  return (
    <a {...rest} href={`${to}${search}`} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
