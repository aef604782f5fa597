import type { Gate } from '../../protocol/index.ts';
import { formatValue, Icon, keepUnits } from '../ui/index.ts';

export interface GateRowProps {
  readonly gate: Gate;
  readonly running: boolean;
  /** false: whether it holds, and nothing of what was measured. */
  readonly numbers: boolean;
}

/** One gate: whether it holds, what was seen against what is allowed, and why. */
export function GateRow({ gate, running, numbers }: GateRowProps) {
  const state = gate.pass === null ? 'open' : gate.pass ? 'pass' : 'fail';
  const said = { open: running ? 'not reached yet' : 'not reached', pass: 'holds', fail: 'does not hold' }[state];
  return (
    <li className="gate" data-gate={gate.id} data-state={state}>
      <span className="gate-mark" aria-hidden="true">
        {state === 'pass' && <Icon name="check" />}
        {state === 'fail' && <Icon name="close" />}
      </span>
      <span className="gate-title">
        <abbr title={gate.id}>{gate.id}</abbr> {gate.title}
        <span className="visually-hidden">: {said}</span>
      </span>
      {numbers && gate.observed !== null && (
        <span className="gate-numbers">
          <strong>{formatGateValue(gate.observed, gate.unit)}</strong>
          {gate.limit !== null && <span>limit {formatGateValue(gate.limit, gate.unit)}</span>}
        </span>
      )}
      <p className="gate-explain">{keepUnits(gate.explain)}</p>
    </li>
  );
}

/** `80`, `objects/request` → "80 objects/request"; a family of ui/format.ts keeps its own steps: "22.7 KiB/request". */
export function formatGateValue(value: number, unit: string): string {
  const [base = '', ...rest] = unit.split('/');
  const text = formatValue(value, base);
  return rest.length === 0 ? text : `${text}/${rest.join('/')}`;
}
