import { LINE_WIDTH, LocationTable, type NumberedLocation } from '../profile/location-table.ts';
import type { Dictionary } from './dictionary.ts';

/** A location with the ids of the store. */
export type StoredLocation = NumberedLocation;

/** The lines of a location one by one. */
export function linesOf({ lineCount, lines }: StoredLocation): { function: number; number: number; column: number }[] {
  return Array.from({ length: lineCount }, (_, line) => {
    const at = line * LINE_WIDTH;
    return { function: lines[at] ?? 0, number: lines[at + 1] ?? 0, column: lines[at + 2] ?? 0 };
  });
}

/** Mapping of a location that is forgotten. */
const GONE = -2;

/** The locations of a store. */
export class LocationDictionary extends LocationTable implements Dictionary {
  persisted = 0;

  /** Puts a location that was read from the file in its place. */
  restore(id: number, location: StoredLocation): void {
    while (this.length < id) {
      this.fillUpTo(this.length + 1);
      this.setMapping(this.length - 1, GONE);
    }
    this.put(id, location);
    this.persisted = Math.max(this.persisted, id + 1);
  }

  markPersisted(): void {
    this.persisted = this.length;
  }

  rollBack(): void {
    if (this.persisted < this.length) this.truncate(this.persisted);
  }

  retain(keep: (id: number) => boolean): void {
    this.index.retain(keep);
    for (let id = 0; id < this.length; id++) if (!keep(id)) this.setMapping(id, GONE);
  }

  has(id: number): boolean {
    return id < this.length && this.mapping(id) !== GONE;
  }
}
