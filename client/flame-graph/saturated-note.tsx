import './saturated-note.css';
import { SATURATED_WORDS } from './caption.ts';

/** Beside numbers of an answer that is `saturated`; nothing beside others. */
export function SaturatedNote({ of }: { readonly of: { readonly saturated?: boolean | undefined } | null }) {
  if (of?.saturated !== true) return null;
  return <p className="saturated-note">Not exact: {SATURATED_WORDS}.</p>;
}
