/**
 * targets: what is profiled: health of each target and kind, attaching one's own, sampling, and what collecting costs. It must
 * not know scrapes or processes: it shows what the lab says and asks for changes through the targets' store.
 *
 *     <TargetsScreen targets={session.targets} />
 */
export { TargetsScreen, type TargetsScreenProps } from './targets-screen.tsx';
