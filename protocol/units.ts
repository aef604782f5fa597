/** Numbers that carry their unit in the type. `type` of a raw number at a border stays `number`, with the unit in its name. */
export type Nanoseconds = number & { readonly unit: 'ns' };
export type Milliseconds = number & { readonly unit: 'ms' };
export type Bytes = number & { readonly unit: 'bytes' };
/** 0..1. */
export type Share = number & { readonly unit: 'share' };

export const nanoseconds = (value: number): Nanoseconds => value as Nanoseconds;
export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const bytes = (value: number): Bytes => value as Bytes;
export const share = (value: number): Share => value as Share;
