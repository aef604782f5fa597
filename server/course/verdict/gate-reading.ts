/** What one condition of a gate saw, in `unit`; a gate shows the first that fails. `pass` is null when it saw too little. */
export interface GateReading {
  readonly pass: boolean | null;
  readonly observed: number;
  readonly limit: number;
  readonly unit: string;
  readonly explain: string;
}
