import { bareName, shortName } from '../model/package-family.ts';

/** Texts that fit, by name and room; made once, kept while the name is on screen now and then. */
export interface Labels {
  /** The longest form of the name that fits into that many characters; '' when even three don't help. */
  fit(name: string, characters: number): string;
}

const MOST_NAMES = 20_000;
const LONGEST = 160;

export function createLabels(): Labels {
  const forms = new Map<string, string[]>();
  return {
    fit(name, characters) {
      let ofName = forms.get(name);
      if (ofName === undefined) {
        if (forms.size >= MOST_NAMES) forms.clear();
        ofName = [];
        forms.set(name, ofName);
      }
      const room = Math.min(characters, LONGEST);
      let text = ofName[room];
      if (text === undefined) {
        text = fitName(name, room);
        ofName[room] = text;
      }
      return text;
    },
  };
}

/**
 * Drops what matters least first: the import path's folders, then the package, then the end.
 *
 *     net/http.(*conn).serve   22: whole   16: http.(*conn).serve → (*conn).serve   8: (*conn)…   2: ''
 */
export function fitName(name: string, characters: number): string {
  const room = NARROW.test(name) ? characters : Math.floor(characters / 2);
  for (const form of [shortName(name), bareName(name)]) {
    if (form.length <= room) return form;
  }
  return room >= 3 ? `${[...bareName(name)].slice(0, room - 1).join('')}…` : '';
}

/** Characters that stand in one cell of a fixed-width font; others may need two. */
const NARROW = /^[\u0020-\u024f]*$/;
