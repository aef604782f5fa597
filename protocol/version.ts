/** Bumped when a page and a server of different builds could misread each other; the page reloads itself on a mismatch. */
export const PROTOCOL_VERSION = 1;
