import { element } from './elements.ts';
import type { Shown } from './page-model.ts';

/** before | after | difference, as radio buttons. */
export function sideSwitch(chosen: Shown, choose: (shown: Shown) => void): HTMLElement {
  const options = (['before', 'after', 'difference'] as const).map((shown) => {
    const input = element('input', { type: 'radio', name: 'shown', value: shown });
    input.checked = shown === chosen;
    input.addEventListener('change', () => choose(shown));
    return element('label', {}, input, shown);
  });
  return element('fieldset', { class: 'sides' }, element('legend', {}, 'Shown'), ...options);
}

export function searchField(search: (text: string) => void): { field: HTMLElement; fill: (text: string) => void } {
  const input = element('input', { type: 'search', placeholder: 'Search functions', 'aria-label': 'Search functions' });
  input.addEventListener('input', () => search(input.value.trim()));
  return {
    field: input,
    fill(text) {
      input.value = text;
      search(text);
      input.focus();
    },
  };
}

export function button(label: string, act: () => void): HTMLElement {
  const made = element('button', { type: 'button' }, label);
  made.addEventListener('click', act);
  return made;
}

/** Light and dark as the reader's system has it, until they choose. */
export function themeButton(changed: () => void): HTMLElement {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (theme: string): void => {
    root.dataset.theme = theme;
    changed();
  };
  root.dataset.theme = dark.matches ? 'dark' : 'light';
  return button('Light or dark', () => apply(root.dataset.theme === 'dark' ? 'light' : 'dark'));
}
