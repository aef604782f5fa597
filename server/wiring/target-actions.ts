import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { NewTarget, Target } from '../../protocol/index.ts';
import type { Collector } from '../collector/index.ts';
import { AppError } from '../errors.ts';
import type { TargetActions } from '../http/index.ts';

/** Addresses that hold a cloud machine's secrets or mean "any": never scraped, in whatever spelling. */
const REFUSED = new BlockList();
REFUSED.addSubnet('169.254.0.0', 16);
REFUSED.addSubnet('0.0.0.0', 8);
REFUSED.addSubnet('224.0.0.0', 4);
REFUSED.addSubnet('fe80::', 10, 'ipv6');
REFUSED.addSubnet('ff00::', 8, 'ipv6');
REFUSED.addAddress('fd00:ec2::254', 'ipv6');
REFUSED.addAddress('::', 'ipv6');

/** Targets that the user attaches: the address is resolved once, checked, and pinned. */
export function createTargetActions(collector: Collector): TargetActions {
  return {
    listTargets: async () => collector.targets(),
    async addTarget(wanted) {
      const url = await resolveTarget(wanted.url);
      const name = wanted.name ?? new URL(wanted.url).host.replaceAll(/[^A-Za-z0-9._-]/g, '-');
      if (collector.targets().some((target) => target.name === name)) {
        throw new AppError('busy', `There is a target ${name} already: give this one another name.`);
      }
      collector.add({ name, url, labels: labelsOf(wanted, name), ownWindows: false });
      return findTarget(collector, name);
    },
  };
}

function labelsOf({ labels = {} }: NewTarget, name: string): Record<string, string> {
  return { service: name, instance: name, version: '', ...labels };
}

function findTarget(collector: Collector, name: string): Target {
  const target = collector.targets().find((candidate) => candidate.name === name);
  if (!target) throw new AppError('internal', `the target ${name} went away`);
  return target;
}

/** `http://host:port` with the host as the address that it has now. */
async function resolveTarget(text: string): Promise<string> {
  const url = parseUrl(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { address, family } = isIP(host)
    ? { address: host, family: isIP(host) }
    : await lookup(host).catch((cause) => {
        throw new AppError('bad-request', `${host} can't be found: ${cause.code ?? cause}`, { cause });
      });
  if (isRefused(address, family))
    throw new AppError(
      'bad-request',
      `${address} is a link-local, metadata or multicast address: those are never scraped.`,
    );
  return `${url.protocol}//${family === 6 ? `[${address}]` : address}${url.port ? `:${url.port}` : ''}`;
}

function isRefused(address: string, family: number): boolean {
  const mapped = /^::ffff:(.*)$/i.exec(address)?.[1];
  if (mapped && isIP(mapped) === 4) return REFUSED.check(mapped);
  return REFUSED.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AppError('bad-request', `${text.slice(0, 200)} is not an http address, e.g. http://127.0.0.1:6060`);
  if (url.username || url.password)
    throw new AppError('bad-request', 'An address with a user name or password is not kept: leave them out.');
  return url;
}
