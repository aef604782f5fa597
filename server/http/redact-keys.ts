/** A text for the log without the secrets that an address can carry: `?key=…` and `/open/…`. */
export function redactKeys(text: string): string {
  return text.replace(/([?&]key=)[^&\s"']+/g, '$1…').replace(/(\/open\/)[^/?\s"']+/g, '$1…');
}
