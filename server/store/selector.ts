/** One matcher of a PromQL-like selector. `=~` and `!~` are anchored and RE2; an absent label is "". */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
  /** True when the label's value satisfies this matcher. Linear time in the length of the value. */
  matches(value: string): boolean;
}

/** All matchers hold; the empty selector matches everything. */
export type Selector = readonly Matcher[];
