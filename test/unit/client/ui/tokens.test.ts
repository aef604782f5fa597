import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, inkOn, rgbFromHex } from '../../../../client/flame-graph/canvas/palette.ts';
import { DIFF_STEPS, SHADES } from '../../../../client/flame-graph/model/tint.ts';
import { THEMES } from '../../../../client/ui/theme.ts';

const css = readFileSync(new URL('../../../../client/ui/tokens.css', import.meta.url), 'utf8');

/** The colours of a theme's own block; light is the default that the others replace whole. */
function tokensOf(theme: string): Map<string, string[]> {
  const block = css.split(`[data-theme="${theme}"] {`)[1]?.split('\n}')[0] ?? '';
  const lines = block.matchAll(/--([\w-]+): ((?:#[0-9a-f]{6}(?:, )?)+);/g);
  return new Map([...lines].map(([, name = '', colours = '']) => [name, colours.split(', ')]));
}

describe.each(THEMES)('theme %s', (theme) => {
  const tokens = tokensOf(theme);
  const rgb = (name: string) => rgbFromHex(tokens.get(name)?.[0] ?? `no --${name}`);

  test('has every colour that light has', () => {
    expect([...tokens.keys()].sort()).toEqual([...tokensOf('light').keys()].sort());
  });

  test.each([
    'text',
    'text-muted',
    'text-disabled',
    'link',
    'good',
    'bad',
    'warn',
    'diff-less',
    'diff-more',
    'before',
    'after',
  ])('%s is readable on panel and page (4.5:1)', (name) => {
    expect(contrast(rgb(name), rgb('surface-panel'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(rgb(name), rgb('surface-page'))).toBeGreaterThanOrEqual(4.4);
  });

  test.each([
    ['text', 'surface-hover'],
    ['text', 'surface-selected'],
    ['text-muted', 'surface-sunken'],
    ['accent-contrast', 'accent'],
    ['accent-contrast', 'accent-hover'],
    ['good', 'good-surface'],
    ['bad', 'bad-surface'],
    ['warn', 'warn-surface'],
  ])('%s is readable on %s', (ink, surface) => {
    expect(contrast(rgb(ink), rgb(surface))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['border-strong', 'focus'])('%s is seen on the panel (3:1)', (name) => {
    expect(contrast(rgb(name), rgb('surface-panel'))).toBeGreaterThanOrEqual(3);
  });

  test('names are readable on every frame', () => {
    const frames = ['own', 'module', 'std', 'runtime', 'label'].flatMap(
      (family) => tokens.get(`flame-${family}`) ?? [],
    );
    const steps = tokens.get('diff-scale') ?? [];
    expect(frames).toHaveLength(5 * SHADES);
    expect(steps).toHaveLength(DIFF_STEPS);
    for (const colour of [...frames, ...steps]) {
      expect([colour, contrast(rgbFromHex(colour), inkOn(rgbFromHex(colour))) >= 4.5]).toEqual([colour, true]);
    }
  });
});
