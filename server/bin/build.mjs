// `npm run build`: builds whatever the state of dist/.
import { build, checkNode, ensureInstalled } from './prepare.mjs';

checkNode();
ensureInstalled();
build();
