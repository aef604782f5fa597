import type { IconName } from '../ui/index.ts';

/** The pages of the lab, in the order of the navigation. Below `/chapters` each has its own address, and so have the traces of targets. An address that is none is the first. */
export const PAGES = [
  { path: '/', title: 'Learn', icon: 'hint' },
  { path: '/chapters', title: 'Chapters', icon: 'screen' },
  { path: '/progress', title: 'Progress', icon: 'check' },
  { path: '/explore', title: 'Explore', icon: 'flame' },
  { path: '/targets', title: 'Targets', icon: 'target' },
] as const satisfies readonly { path: string; title: string; icon: IconName }[];
export type PagePath = (typeof PAGES)[number]['path'];

export function pageOf(path: string): (typeof PAGES)[number] {
  const top = path.startsWith('/chapters/') ? '/chapters' : path === '/targets/traces' ? '/targets' : path;
  return PAGES.find((page) => page.path === top) ?? PAGES[0];
}
