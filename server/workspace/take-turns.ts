export type TakeTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs tasks one after the other, in the order of the calls; one that fails doesn't stop the next. */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  };
}
