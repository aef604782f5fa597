/** What stands on a terminal that understands the sequences of `flamelab watch`, and nothing else. */
export interface TerminalPicture {
  write(text: string): void;
  /** Rows without the spaces at their ends. */
  rows(): string[];
  isAlternate(): boolean;
}

export function createTerminalPicture(): TerminalPicture {
  let rows: string[] = [];
  let row = 0;
  let isAlternate = false;
  /** The beginning of a sequence whose end is still to come. */
  let rest = '';
  const obey = (sequence: string): void => {
    const [, place] = /^\[(\d+);1H$/.exec(sequence) ?? [];
    if (place !== undefined) row = Number(place) - 1;
    else if (sequence === '[2K') rows[row] = '';
    else if (sequence === '[2J') rows = [];
    else if (sequence === '[?1049h' || sequence === '[?1049l') isAlternate = sequence.endsWith('h');
    else if (isAlternate && !/^\[[\d;?]*[mhl]$/.test(sequence)) throw new Error(`an unknown sequence: ${sequence}`);
  };
  const put = (text: string): void => {
    if (isAlternate && text !== '') rows[row] = (rows[row] ?? '') + text;
  };
  return {
    write(text) {
      const [plain = '', ...sequences] = (rest + text).split('\x1b');
      put(plain);
      rest = '';
      sequences.forEach((part, at) => {
        const [, sequence, after = ''] = /^(\[[\d;?]*[A-Za-z])(.*)$/s.exec(part) ?? [];
        if (sequence === undefined) {
          if (at === sequences.length - 1) rest = `\x1b${part}`;
          return;
        }
        obey(sequence);
        put(after);
      });
    },
    rows: () => Array.from(rows, (line = '') => line.trimEnd()),
    isAlternate: () => isAlternate,
  };
}
