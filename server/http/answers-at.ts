import type { Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether connecting to an address and port of this machine reaches this server. */
export function answersAt(server: Server, address: string, port: number): boolean {
  const listening = server.address();
  if (listening === null || typeof listening === 'string' || listening.port !== port) return false;
  const reached = new BlockList();
  const isEverywhere = listening.address === '0.0.0.0' || listening.address === '::';
  if (isEverywhere) reached.addSubnet('127.0.0.0', 8);
  for (const own of isEverywhere ? ownAddresses() : [listening.address]) reached.addAddress(own, familyOf(own));
  return reached.check(address, familyOf(address));
}

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
