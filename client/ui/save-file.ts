/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken the content over when the click's own task is done.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
