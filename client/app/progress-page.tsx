import { ProgressScreen } from '../progress/index.ts';
import type { Session } from './session.ts';

/** What was done in the course; an exercise opens on the first page. */
export function ProgressPage({ session }: { readonly session: Session }) {
  const { address, course, progress } = session;
  return (
    <ProgressScreen
      progress={progress}
      onOpen={(slug) => {
        address.go('/');
        void course.open(slug);
      }}
    />
  );
}
