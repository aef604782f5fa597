import type { SampleColumns } from './entries.ts';

const PAGE_BYTES = 262_144;

/**
 * Room for the columns of samples: many small ones share a page, which is freed when none of them is used any more. An
 * allocation of its own for each costs more than what is in it.
 */
export class SamplePages {
  private page = new ArrayBuffer(0);
  private used = 0;

  /** Columns of zeros. */
  take(samples: number, values: number): SampleColumns {
    const bytes = samples * 2 * Int32Array.BYTES_PER_ELEMENT + values * BigInt64Array.BYTES_PER_ELEMENT;
    if (this.used + bytes > this.page.byteLength) {
      this.page = new ArrayBuffer(Math.max(PAGE_BYTES, bytes));
      this.used = 0;
    }
    const at = this.used;
    this.used += bytes;
    const ints = at + values * BigInt64Array.BYTES_PER_ELEMENT;
    return {
      values: new BigInt64Array(this.page, at, values),
      stacks: new Int32Array(this.page, ints, samples),
      labelSets: new Int32Array(this.page, ints + samples * Int32Array.BYTES_PER_ELEMENT, samples),
    };
  }
}

/** Gives each of several windows in turn its part of their columns. */
export function divideColumns({ stacks, labelSets, values }: SampleColumns) {
  let sample = 0;
  let value = 0;
  return ({ samples, types }: { readonly samples: number; readonly types: number }): SampleColumns => {
    const part = {
      stacks: stacks.subarray(sample, sample + samples),
      labelSets: labelSets.subarray(sample, sample + samples),
      values: values.subarray(value, value + samples * types),
    };
    sample += samples;
    value += samples * types;
    return part;
  };
}
