// `npm run dev [-- FLAGS]`: rebuilds on change, the server restarts with each build; the page is rebuilt too: reload it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './prepare.mjs';

checkNode();
ensureInstalled();
ensureBuilt();
const start = (...args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
const children = [
  start(join(root, 'node_modules/typescript/bin/tsc'), '-b', 'protocol', 'server', '--watch', '--preserveWatchOutput'),
  start(
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    '--watch',
    '--config',
    'client/vite.config.ts',
    '--logLevel',
    'warn',
  ),
  start('--watch-path', join(root, 'dist/server'), join(root, 'dist/server/main.js'), ...process.argv.slice(2)),
];
const stop = () => {
  for (const child of children) child.kill();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
