import { StringDecoder } from 'node:string_decoder';

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** What stands after the last line end, as a line. */
  end(): void;
}

/**
 * Splits a byte stream into lines and never holds more than `maxBytes` of one: the rest of a longer line is counted and
 * thrown away, and the line then ends in `… N bytes more`.
 */
export function createLineSplitter(maxBytes: number, onLine: (line: string) => void): LineSplitter {
  let decoder = new StringDecoder('utf8');
  let text = '';
  let held = 0;
  let dropped = 0;

  const add = (part: Uint8Array) => {
    const room = Math.max(0, maxBytes - held);
    const kept = part.subarray(0, room);
    text += decoder.write(Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength));
    held += kept.length;
    dropped += part.length - kept.length;
  };
  const finish = () => {
    const line = (text + decoder.end()).replace(/\r$/, '');
    const rest = dropped > 0 ? ` … ${dropped.toLocaleString('en')} bytes more` : '';
    decoder = new StringDecoder('utf8');
    text = '';
    held = 0;
    dropped = 0;
    onLine(line + rest);
  };
  return {
    push(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, end));
        finish();
        from = end + 1;
      }
      add(chunk.subarray(from));
    },
    end() {
      if (held > 0 || dropped > 0) finish();
    },
  };
}
