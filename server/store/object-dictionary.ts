import { KeyedDictionary } from './dictionary.ts';

/** For entries that come as the same objects with profile after profile: one that came before is known without its key. */
export class ObjectDictionary<T extends object> extends KeyedDictionary<T> {
  private byObject = new WeakMap<T, number>();

  override intern(entry: T): number {
    const known = this.byObject.get(entry);
    if (known !== undefined) return known;
    const id = super.intern(entry);
    this.byObject.set(entry, id);
    return id;
  }

  override rollBack(): void {
    this.byObject = new WeakMap();
    super.rollBack();
  }

  override retain(keep: (id: number) => boolean): void {
    this.byObject = new WeakMap();
    super.retain(keep);
  }
}
