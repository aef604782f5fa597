/**
 * traces: execution traces of targets: record one, let a flight recorder run, see what slow requests left, draw their graphs,
 * open them in Go's own viewer. It must not know how traces are taken or turned into profiles: it asks through the traces'
 * store, and hands the address of a graph to whoever shows it.
 *
 *     <TracesScreen traces={session.traces} tabs={…} onShow={(link) => …} />
 */
export { causeWords } from './trace-words.ts';
export { TracesScreen, type TracesScreenProps } from './traces-screen.tsx';
