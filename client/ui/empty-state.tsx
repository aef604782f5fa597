import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyStateProps {
  readonly icon?: IconName;
  /** What is missing. */
  readonly title: string;
  /** What to do about it. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** In place of content that isn't there (yet): what is missing and what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {icon !== undefined && <Icon name={icon} size="1.75em" />}
      <p className="ui-empty-title">{title}</p>
      {children !== undefined && <div className="ui-empty-hint">{children}</div>}
      {action}
    </div>
  );
}
