#!/usr/bin/env node
// The command `flamelab`: makes sure that the clone is built, then hands over in this same process.
import { checkNode, ensureBuilt, ensureInstalled } from './prepare.mjs';

checkNode();
ensureInstalled();
ensureBuilt();
const { runCli } = await import('../../dist/server/cli.js');
await runCli(process.argv.slice(2));
