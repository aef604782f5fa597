import type { ClientEvent } from '../../protocol/index.ts';
import type { Caller } from '../http/gate.ts';

export type EventRole = 'learner';

/** Who may send what. An event that is missing here doesn't compile. */
export const EVENT_ROLES = {
  'terminal:open': 'learner',
  'terminal:type': 'learner',
  'terminal:resize': 'learner',
  'terminal:drain': 'learner',
  'terminal:close': 'learner',
} as const satisfies Record<ClientEvent, EventRole>;

/** null: may not even listen. A key reads one HTTP route and nothing else. */
export function roleOf(caller: Caller): EventRole | null {
  return caller.by === 'session' || caller.by === 'token' ? 'learner' : null;
}
