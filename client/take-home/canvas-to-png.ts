/** The picture of a canvas as it is drawn now, on its page's background. Rejects when the canvas has no size. */
export function canvasToPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('there is nothing drawn to save'));
      else resolve(blob);
    }, 'image/png');
  });
}
