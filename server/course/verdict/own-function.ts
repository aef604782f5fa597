/** Whether a function belongs to the service's own module and not to the standard library. */
export const isOwnFunction = (name: string): boolean => name.startsWith('main.') || name.startsWith('bazaar/');
