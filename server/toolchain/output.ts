export interface Output {
  add(text: string): void;
  text(): string;
}

/** The first `maxBytes` (about) of a program's output: compilers say the important things first. */
export function createOutput(maxBytes: number): Output {
  let text = '';
  let cut = false;
  return {
    add(more) {
      const room = maxBytes - text.length;
      text += more.slice(0, Math.max(0, room));
      cut ||= more.length > room;
    },
    text: () => (cut ? `${text}\n… more output was cut off\n` : text),
  };
}
