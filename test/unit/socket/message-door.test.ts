import { describe, expect, it } from 'vitest';
import { createMessageDoor, type MessageHandlers } from '../../../server/socket/message-door.ts';
import { createHandClock } from '../../support/hand-clock.ts';

function setUp() {
  const clock = createHandClock();
  const seen: unknown[] = [];
  const note = (message: unknown) => seen.push(message);
  const handlers: MessageHandlers = {
    'terminal:open': note,
    'terminal:type': note,
    'terminal:resize': note,
    'terminal:drain': note,
    'terminal:close': note,
  };
  return { clock, seen, door: createMessageDoor({ clock, role: 'learner', handlers }) };
}
const open = { terminal: 'a', cols: 80, rows: 24 };
const times = <T>(count: number, act: () => T) => Array.from({ length: count }, act);

describe('the door for messages', () => {
  it('hands on what its schema knows, and no more of it', () => {
    const { door, seen } = setUp();
    expect(door('terminal:open', { ...open, extra: 1 })).toBe('handled');
    expect(seen).toEqual([open]);
  });

  it.each([
    ['terminal:open', undefined],
    ['terminal:open', { ...open, cols: 1 }],
    ['terminal:open', { ...open, terminal: '../x' }],
    ['terminal:type', { terminal: 'a', text: 1 }],
    ['terminal:drain', { terminal: 'a', characters: -1 }],
    ['lab:changed', {}],
    ['constructor', {}],
    ['__proto__', {}],
  ])('ignores %s with %j', (event, message) => {
    const { door, seen } = setUp();
    expect(door(event, message)).toBe('ignored');
    expect(seen).toEqual([]);
  });

  it('takes 10 events a second after a burst of 30; what it ignores counts as well', () => {
    const { clock, door } = setUp();
    expect(times(30, () => door('nonsense', {}))).not.toContain('flood');
    expect(door('terminal:open', open)).toBe('flood');
    clock.advance(1_000);
    expect(times(10, () => door('terminal:open', open))).not.toContain('flood');
    expect(door('terminal:open', open)).toBe('flood');
  });

  it('takes 64 KB of typing a second after a paste of 256 KB, counted in bytes', () => {
    const { clock, door } = setUp();
    const type = (text: string) => door('terminal:type', { terminal: 'a', text });
    expect(times(64, () => type('ä'.repeat(2_048)))).not.toContain('flood');
    expect(type('x')).toBe('flood');
    clock.advance(1_000);
    expect(times(16, () => type('x'.repeat(4_096)))).not.toContain('flood');
    expect(type('x')).toBe('flood');
  });

  it('lets acknowledgements and sizes come often, but not without end', () => {
    const { door } = setUp();
    const drain = () => door('terminal:drain', { terminal: 'a', characters: 1 });
    expect(times(1_000, drain)).not.toContain('flood');
    expect(drain()).toBe('flood');
  });
});
