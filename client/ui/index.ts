/**
 * ui: the design language: tokens (tokens.css), small controls and the formatting of numbers. It must not know any word of
 * the lab: no frames, verdicts or exercises; those live in the panels' rooms. main.tsx imports `ui/tokens.css` and
 * `ui/ui.css` once; a panel's own stylesheet uses only var(--…) of the tokens.
 *
 *     <Segmented label="Theme" options={…} value={theme} onChange={setTheme} />
 *     formatValue(1_234_567, 'nanoseconds')   // "1.23 ms"
 */
export * from './button.tsx';
export * from './empty-state.tsx';
export * from './format.ts';
export * from './icon.tsx';
export * from './icon-button.tsx';
export * from './save-file.ts';
export * from './segmented.tsx';
export * from './tabs.tsx';
export * from './theme.ts';
export * from './unrendered-rows.tsx';
export * from './use-page-theme.ts';
export * from './use-visible-rows.ts';
