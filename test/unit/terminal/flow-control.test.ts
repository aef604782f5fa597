import { expect, it } from 'vitest';
import { createFlowControl } from '../../../server/terminal/flow-control.ts';

function setUp() {
  const calls: string[] = [];
  const flow = createFlowControl({ pause: () => calls.push('pause'), resume: () => calls.push('resume') });
  return { calls, flow };
}

it('pauses above 100,000 characters and resumes below 10,000', () => {
  const { calls, flow } = setUp();
  flow.sent(100_000);
  expect(calls).toEqual([]);
  flow.sent(1);
  flow.sent(50);
  expect(calls).toEqual(['pause']);
  flow.drawn(90_051);
  expect(calls).toEqual(['pause']);
  flow.drawn(1);
  expect(calls).toEqual(['pause', 'resume']);
});

it('gives no credit to a page that says it drew more than it got', () => {
  const { calls, flow } = setUp();
  flow.drawn(1_000_000);
  flow.sent(100_001);
  expect(calls).toEqual(['pause']);
});
