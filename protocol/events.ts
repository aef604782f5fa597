import { z } from 'zod';
import { labState } from './lab.ts';

/**
 * Socket events: `noun:past` from the server, `noun:verb` from the page. Both ends parse every message with these schemas;
 * the namespace is `/`, the transport websocket only. The page acts on the lab by HTTP; only the terminal types here.
 */
export const serverEvents = {
  /** The whole small state, at most 10 a second. */
  'lab:changed': labState,
  /** A window of `instance` is stored and visible to queries; trees come by HTTP. */
  'profile:collected': z.object({
    instance: z.string(),
    kind: z.string(),
    windows: z.number(),
    atMillis: z.number(),
    /** Why a window is missing or short, e.g. a foreign CPU profile; null when whole. */
    gap: z.string().nullable(),
  }),
  /** The newest point of each metric of an instance: name → value in the metric's unit. */
  'metrics:collected': z.object({
    instance: z.string(),
    atMillis: z.number(),
    values: z.record(z.string(), z.number()),
  }),
  'log:appended': z.object({ run: z.string(), text: z.string(), dropped: z.number() }),
  'task:written': z.object({ task: z.string(), text: z.string() }),
  'task:ended': z.object({ task: z.string(), exit: z.number().nullable() }),
  'terminal:written': z.object({ terminal: z.string(), text: z.string() }),
  'terminal:exited': z.object({ terminal: z.string(), exit: z.number().nullable() }),
} as const;

const terminalId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const size = { cols: z.number().int().min(2).max(500), rows: z.number().int().min(2).max(300) };

export const clientEvents = {
  'terminal:open': z.object({ terminal: terminalId, ...size }),
  'terminal:type': z.object({ terminal: terminalId, text: z.string().max(16_384) }),
  'terminal:resize': z.object({ terminal: terminalId, ...size }),
  /** Flow control: how many characters of output the page has drawn since the last acknowledgement. */
  'terminal:drain': z.object({ terminal: terminalId, characters: z.number().int().min(0) }),
  'terminal:close': z.object({ terminal: terminalId }),
} as const;

export type ServerEvent = keyof typeof serverEvents;
export type ServerMessage<E extends ServerEvent> = z.infer<(typeof serverEvents)[E]>;
export type ClientEvent = keyof typeof clientEvents;
export type ClientMessage<E extends ClientEvent> = z.infer<(typeof clientEvents)[E]>;
