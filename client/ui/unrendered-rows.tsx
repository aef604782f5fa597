/** A table body that is the room of rows which are not rendered. */
export function UnrenderedRows({ pixels }: { readonly pixels: number }) {
  if (pixels === 0) return null;
  return (
    <tbody role="presentation">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is room, not a row */}
      <tr role="presentation" style={{ height: pixels }} />
    </tbody>
  );
}
