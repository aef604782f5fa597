/** What one condition of a gate saw, in `unit`; a gate shows the first that fails. */
export interface GateReading {
  readonly pass: boolean;
  readonly observed: number;
  readonly limit: number;
  readonly unit: string;
  readonly explain: string;
}
