/** How the services of Bazaar depend on each other. A downstream service is always the installed one. */
export interface ServicePlan {
  readonly name: string;
  /** The service that it calls, and the flag that takes its address. */
  readonly downstream?: { readonly service: string; readonly flag: string };
  /** The load scenario that drives it; none for a service that only others call. */
  readonly scenario?: string;
}

export const SERVICES: readonly ServicePlan[] = [
  { name: 'search', scenario: 'search' },
  { name: 'reports', scenario: 'reports' },
  { name: 'catalog', scenario: 'catalog' },
  { name: 'payments' },
  { name: 'checkout', scenario: 'checkout', downstream: { service: 'payments', flag: '-payments' } },
  { name: 'gateway', scenario: 'gateway' },
  { name: 'notify', scenario: 'notify' },
];

/** The address of the harness-owned traffic generator among the packages of go-samples. */
export const LOAD_PACKAGE = 'load';

export function getServicePlan(name: string): ServicePlan {
  const plan = SERVICES.find((service) => service.name === name);
  if (!plan)
    throw new Error(`Bazaar has no service ${name}; it has ${SERVICES.map((service) => service.name).join(', ')}`);
  return plan;
}

/** `search-1`: what an instance of the fleet is called. */
export const isFleetName = (name: string): boolean =>
  SERVICES.some((service) => new RegExp(`^${service.name}-\\d+$`).test(name));

/** The service whose traffic reaches this one: itself, or who calls it. */
export const driverOf = (name: string): string =>
  SERVICES.find((service) => service.downstream?.service === name)?.name ?? name;
