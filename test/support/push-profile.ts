import { writeProfile } from '../../server/profile/index.ts';
import { ProfileBuilder } from './profile-builder.ts';

export interface PushedProfile {
  readonly labels: Readonly<Record<string, string>>;
  readonly atMillis: number;
  /** Stack path, names from the root with ";" between them → nanoseconds. */
  readonly stacks: Readonly<Record<string, number>>;
}

/** Pushes a CPU profile of one second, as another profiler would; resolves when queries see it. */
export async function pushProfile({ port, token }: { port: number; token: string }, profile: PushedProfile) {
  const builder = new ProfileBuilder([
    { type: 'samples', unit: 'count' },
    { type: 'cpu', unit: 'nanoseconds' },
  ]);
  for (const [path, nanos] of Object.entries(profile.stacks)) {
    const locations = path.split(';').map((name) => {
      const functionIndex = builder.function(name, 'till/main.go');
      return builder.location(name, { mapping: -1, address: 0n, lines: [{ functionIndex, line: 7 }] });
    });
    builder.addSample(locations.reverse(), [BigInt(Math.round(nanos / 1e7)), BigInt(nanos)], []);
  }
  const timeNanos = BigInt(profile.atMillis) * 1_000_000n;
  const bytes = writeProfile(builder.build({ timeNanos, durationNanos: 1_000_000_000n }));
  const query = new URLSearchParams({ kind: 'cpu', ...profile.labels });
  const answer = await fetch(`http://127.0.0.1:${port}/api/profiles?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  if (answer.status !== 201) throw new Error(`refused: ${answer.status} ${await answer.text()}`);
}
