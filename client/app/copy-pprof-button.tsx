import { CopyButton } from '../ui/copy-button.tsx';
import type { Session } from './session.ts';

/** The same profiles for `go tool pprof`: the command carries a key that reads profiles only, and expires. */
export function CopyPprofButton({ session }: { readonly session: Session }) {
  const command = async () => {
    const query = session.profiles.query();
    if (query === null) {
      session.notices.problem('There is no profile to copy a command for yet.');
      return undefined;
    }
    const key = await session.notices.attempt('Make the command', () => session.api.createPprofKey(query));
    return key?.command;
  };
  return (
    <CopyButton
      label="go tool pprof"
      title="Copies a command that opens the same profiles in go tool pprof"
      text={command}
    />
  );
}
