import { type NamedTarget, PROFILE_KINDS } from '../../protocol/index.ts';
import { type Collector, type LookUp, type Overheads, pinAddress, type TargetSpec } from '../collector/index.ts';
import { AppError } from '../errors.ts';
import type { TargetActions } from '../http/index.ts';
import type { RememberedTargets } from './remembered-targets.ts';

/** The fleet's, and what else net/http/pprof has as a profile. */
const TARGET_KINDS: readonly string[] = [...PROFILE_KINDS, 'threadcreate'];

export interface TargetActionsParts {
  readonly collector: Collector;
  readonly overheads: Overheads;
  /** Those of the config file, and its name. */
  readonly configured: { readonly file: string; readonly targets: readonly NamedTarget[] } | null;
  readonly remembered: { readonly first: RememberedTargets; write(content: RememberedTargets): Promise<void> };
  /** Names that the fleet's instances have or will have. */
  isFleetName(name: string): boolean;
  /** Whether the lab itself answers there. */
  isOwnAddress(at: { readonly address: string; readonly port: number }): boolean;
  log(message: string): void;
  readonly lookUp?: LookUp;
}

/** Targets that the user brings: by the page, `flamelab attach` or a config file. Those of the file win over remembered ones. */
export function createTargetActions(parts: TargetActionsParts): TargetActions {
  const { collector, overheads, configured, remembered } = parts;
  const attached = new Map<string, { readonly wanted: NamedTarget; readonly forget: () => Promise<void> }>();
  const save = () =>
    remembered.write({ targets: [...attached.values()].map(({ wanted }) => wanted), sampling: collector.sampling() });
  const find = (name: string) => collector.targets().find((target) => target.name === name);
  const checkName = (name: string): void => {
    if (parts.isFleetName(name))
      throw new AppError('busy', `${name} is an instance of the fleet: choose another name.`);
    if (find(name)) throw new AppError('busy', `There is a target ${name} already: give this one another name.`);
  };
  const add = (wanted: NamedTarget, origin: 'attached' | 'config', address = pinAddress(wanted.url, parts.lookUp)) => {
    checkName(wanted.name);
    const forget = collector.add({ ...specFrom(wanted), origin, address });
    if (origin === 'attached') attached.set(wanted.name, { wanted, forget });
  };

  collector.setSampling(remembered.first.sampling);
  for (const wanted of configured?.targets ?? []) add(wanted, 'config');
  for (const wanted of remembered.first.targets) {
    try {
      add(wanted, 'attached');
    } catch (cause) {
      parts.log(`The attached target ${wanted.name} is left out: ${cause instanceof Error ? cause.message : cause}`);
    }
  }

  return {
    async listTargets() {
      const targets = collector.targets().map((target) => ({ ...target, overhead: overheads.find(target.name) }));
      return { targets, sampling: collector.sampling() };
    },
    async addTarget(wanted) {
      const address = pinAddress(wanted.url, parts.lookUp);
      const name = wanted.name ?? nameFromUrl(address.url);
      checkName(name);
      checkKinds(wanted.kinds ?? []);
      if (parts.isOwnAddress(await address.get())) {
        throw new AppError(
          'bad-request',
          `${address.url} is this lab itself, which is no Go program: attach what serves /debug/pprof.`,
        );
      }
      add({ ...wanted, name }, 'attached', address);
      await save();
      const target = find(name);
      if (!target) throw new AppError('internal', `the target ${name} went away`);
      return target;
    },
    async removeTarget(name) {
      const target = find(name);
      if (!target) throw new AppError('not-found', `There is no target ${name}.`);
      const known = attached.get(name);
      if (!known) throw new AppError('forbidden', whyKept(name, target.origin, configured?.file));
      attached.delete(name);
      await known.forget();
      await save();
    },
    async measureOverhead(name, request) {
      overheads.start(name, request);
    },
    async setSampling(change) {
      const now = collector.sampling();
      collector.setSampling({
        instances: change.instances ?? now.instances,
        time: change.time ?? now.time,
        periodSeconds: change.periodSeconds ?? now.periodSeconds,
      });
      await save();
      return collector.sampling();
    },
  };
}

function checkKinds(kinds: readonly string[]): void {
  const unknown = kinds.find((kind) => !TARGET_KINDS.includes(kind));
  if (unknown === undefined) return;
  throw new AppError(
    'bad-request',
    `${unknown} is no kind of profile that Go has: it has ${TARGET_KINDS.join(', ')}. A program's own kinds can be listed in a config file.`,
  );
}

function specFrom(wanted: NamedTarget): TargetSpec {
  const { name, url, labels, kinds, intervalSeconds, windowSeconds, sampling } = wanted;
  const millis = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);
  return {
    name,
    url,
    labels: { service: name, instance: name, ...labels },
    ownWindows: false,
    atOnce: true,
    always: sampling?.always ?? false,
    wishes: {
      kinds,
      intervalMillis: millis(intervalSeconds),
      windowMillis: millis(windowSeconds),
      time: sampling?.time,
    },
  };
}

/** `http://api.local:6060` → `api.local-6060`. */
const nameFromUrl = (url: string): string =>
  url
    .replace(/^https?:\/\//, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 64);

function whyKept(name: string, origin: string, file: string | undefined): string {
  return origin === 'config'
    ? `${name} stands in ${file}: take it out there and start the lab again.`
    : `${name} belongs to the lab's own fleet: only attached targets can be removed.`;
}
