import type { IconName } from '../ui/index.ts';

/** The pages of the lab, in the order of the navigation. An address that is none of them is the first. */
export const PAGES = [
  { path: '/', title: 'Learn', icon: 'hint' },
  { path: '/progress', title: 'Progress', icon: 'check' },
  { path: '/explore', title: 'Explore', icon: 'flame' },
  { path: '/targets', title: 'Targets', icon: 'target' },
] as const satisfies readonly { path: string; title: string; icon: IconName }[];
export type PagePath = (typeof PAGES)[number]['path'];

export function pageOf(path: string): (typeof PAGES)[number] {
  return PAGES.find((page) => page.path === path) ?? PAGES[0];
}
