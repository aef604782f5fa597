import type { EntryColumns } from './entry-chunk.ts';

/** A node of the stack tree: its parent's id is smaller than its own. */
export interface StackNode {
  readonly parent: number;
  readonly location: number;
}

/**
 * Nodes of stacks. What is called from where repeats, so a location is named by its place among those that followed its
 * parent's location before in this chunk; one that is new there by its distance to the largest so far, which it often exceeds by one.
 *
 *     id         1    2    3    4    5         locations of 1: main = 0, a = 1, b = 2
 *     parent     0    1    2    1    4
 *     location   main a    b    a    b
 *     up         1    1    1    3    1         id - parent
 *     place      0    0    0    1    1         0 = new after this location; else its place, from 1 on
 *     new        0    1    1                   minus the largest so far, which begins with 0
 */
export const stackColumns: EntryColumns<StackNode> = {
  write(columns, nodes) {
    const followers = new Followers();
    let largest = 0;
    const fresh: number[] = [];
    for (const [id, { parent }] of nodes) columns.unsigned(id - parent);
    for (const [id, { parent, location }] of nodes) {
      const place = followers.placeOf(parent, location);
      columns.unsigned(place);
      if (place === 0) {
        fresh.push(location - largest);
        largest = Math.max(largest, location);
      }
      followers.add(id, parent, location);
    }
    for (const distance of fresh) columns.signed(distance);
  },
  read(columns, ids) {
    const parents = ids.map((id) => id - columns.unsigned());
    const places = ids.map(() => columns.unsigned());
    const followers = new Followers();
    let largest = 0;
    return ids.map((id, at) => {
      const [parent, place] = [parents[at] ?? 0, places[at] ?? 0];
      const location = place === 0 ? largest + columns.signed() : followers.at(parent, place);
      largest = Math.max(largest, location);
      followers.add(id, parent, location);
      return { parent, location };
    });
  },
};

/** The locations that came after each location, in the order of their first time; a parent outside the chunk is as none. */
class Followers {
  private readonly locations = new Map<number, number>();
  private readonly byLocation = new Map<number, Map<number, number>>();
  private readonly inOrder = new Map<number, number[]>();

  placeOf(parent: number, location: number): number {
    return this.byLocation.get(this.locationOf(parent))?.get(location) ?? 0;
  }

  at(parent: number, place: number): number {
    const location = this.inOrder.get(this.locationOf(parent))?.[place - 1];
    if (location === undefined) throw new Error(`nothing stands at place ${place} after node ${parent}`);
    return location;
  }

  add(id: number, parent: number, location: number): void {
    const before = this.locationOf(parent);
    this.locations.set(id, location);
    const places = this.byLocation.get(before) ?? new Map<number, number>();
    if (places.has(location)) return;
    this.byLocation.set(before, places.set(location, places.size + 1));
    const order = this.inOrder.get(before) ?? [];
    order.push(location);
    this.inOrder.set(before, order);
  }

  private locationOf(node: number): number {
    return this.locations.get(node) ?? -1;
  }
}
