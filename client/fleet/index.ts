/**
 * fleet: what runs and how it is driven: traffic controls, targets with their health, logs, the service's tests and benchmarks.
 * It must not know processes or scrapes: it shows the lab's state and asks for changes through the stores.
 *
 *     <TrafficControls load={session.load} lab={lab} />
 */
export { LogsPanel, type LogsPanelProps } from './logs-panel.tsx';
export { TargetsPanel, type TargetsPanelProps } from './targets-panel.tsx';
export { TestsPanel, type TestsPanelProps } from './tests-panel.tsx';
export { TrafficControls, type TrafficControlsProps } from './traffic-controls.tsx';
