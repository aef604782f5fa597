/** A target of the traffic generator, by the name that its lines will carry. */
export interface LoadTarget {
  readonly name: string;
  readonly url: string;
  readonly downstreamUrl: string | null;
}

/** Flags that all modes of go-samples/load share. */
export function loadArguments(
  targets: readonly LoadTarget[],
  options: { scenario: string; seed: number; shape?: string },
): string[] {
  const args = ['-scenario', options.scenario, '-seed', String(options.seed), '-shape', options.shape ?? 'default'];
  for (const target of targets) {
    args.push('-target', `${target.name}=${target.url}`);
    if (target.downstreamUrl) args.push('-downstream', `${target.name}.payments=${target.downstreamUrl}`);
  }
  return args;
}
