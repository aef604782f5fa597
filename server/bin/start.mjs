// `npm start [-- FLAGS]`: `flamelab serve FLAGS`.
process.argv.splice(2, 0, 'serve');
await import('./flamelab.mjs');
