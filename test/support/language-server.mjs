import { appendFileSync } from 'node:fs';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/**
 * A language server that does what the text says: `crash`, `silent`, `late` (speaks of the version before first), else it names the
 * last line wrong. What it is told goes to the file of its argument, a line each.
 */
const [, , told] = process.argv;
const connection = createProtocolConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const texts = new Map();

function note(line) {
  appendFileSync(told, `${line}\n`);
}

function publish(uri, version, message) {
  const text = texts.get(uri) ?? '';
  const line = text.split('\n').length - 1;
  const range = { start: { line, character: 0 }, end: { line, character: 3 } };
  const hint = { range, severity: 4, message: 'a nicer way' };
  const diagnostics = [{ range, severity: 1, source: 'compiler', message }, hint];
  void connection.sendNotification('textDocument/publishDiagnostics', { uri: asGopls(uri), version, diagnostics });
}

/** It writes these characters in its own way. */
const asGopls = (uri) => uri.replaceAll('(', '%28').replaceAll(')', '%29');

function shown(uri, version, text) {
  texts.set(uri, text);
  if (text.includes('crash')) process.exit(1);
  if (text.includes('garbage')) process.stdout.write('Content-Length: nonsense\r\n\r\n!!!');
  if (text.includes('silent')) return;
  if (text.includes('late')) publish(uri, version - 1, 'of the text before');
  publish(uri, version, `wrong in version ${version}`);
}

connection.onRequest('initialize', () => ({ capabilities: {} }));
connection.onRequest('shutdown', () => null);
connection.onNotification('exit', () => process.exit(0));
connection.onNotification('textDocument/didOpen', ({ textDocument: { uri, version, text } }) => {
  note(`open ${uri.split('/').at(-1)}`);
  shown(uri, version, text);
});
connection.onNotification('textDocument/didChange', ({ textDocument: { uri, version }, contentChanges }) => {
  shown(uri, version, contentChanges[0].text);
});
connection.onNotification('textDocument/didClose', ({ textDocument: { uri } }) =>
  note(`close ${uri.split('/').at(-1)}`),
);
connection.onNotification('workspace/didChangeWatchedFiles', ({ changes }) => note(`changed ${changes.length}`));
connection.onRequest('textDocument/hover', async ({ textDocument: { uri }, position }) => {
  if (texts.get(uri).includes('unknown')) throw new Error('no package data for import "unknown"');
  const settings = await connection.sendRequest('workspace/configuration', { items: [{ section: 'gopls' }] });
  const value = `\`\`\`go\nfunc at${position.line}_${position.character}()\n\`\`\`\n\n---\n\n### Says\n\n\\[At] <b>what</b> [os.Args](https://pkg.go.dev/os#Args) are ${settings[0].vulncheck}.\n\n    kept[i](w)`;
  return { contents: { kind: 'markdown', value } };
});
note('start');
connection.listen();
