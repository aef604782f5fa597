/** The themes of tokens.css. projector: large type and high contrast, for a stage. */
export const THEMES = ['light', 'dark', 'projector'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_TITLES: Readonly<Record<Theme, string>> = { light: 'Light', dark: 'Dark', projector: 'Projector' };

/** Puts the theme on <html>; everything that is drawn from tokens follows. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** What the system prefers, for a page without a stored choice. */
export function preferredTheme(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
