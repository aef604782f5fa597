import { EmptyState } from '../ui/index.ts';
import type { FlameGraphProps } from './flame-graph-props.ts';

export function FlameGraph({ empty }: FlameGraphProps) {
  return (
    <EmptyState icon="flame" title={empty?.title ?? 'No profile yet'}>
      {empty?.hint ?? 'Send the service some load; the first frames come within seconds.'}
    </EmptyState>
  );
}
