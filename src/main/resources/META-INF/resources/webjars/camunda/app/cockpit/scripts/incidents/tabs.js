/** Tabs as the ARIA practices have them: arrows, Home and End move; a tab loads when it is first seen. */
import { note, parameters } from './address.js';
import { arrows } from './arrows.js';
import { el } from './dom.js';

const SIDEWAYS = { back: 'ArrowLeft', on: 'ArrowRight' };

/**
 * @param list { id, name, show: fills a panel, given it, the subject, and a way to another tab; may return what is done
 *     when it is come to by that way }
 * @param subject what they are all about
 */
export function tabs(label, list, subject) {
  const goTo = (id, wish) => {
    const index = list.findIndex((one) => one.id === id);
    choose(index);
    // Where the focus was is not seen any more.
    buttons[index].focus();
    all[index].wish(wish);
  };
  const all = list.map((one) => tab(one, subject, goTo));
  const buttons = all.map((one) => one.button);
  const choose = (index) => {
    note({ tab: list[index].id });
    all.forEach((one, i) => one.select(i === index));
  };
  buttons.forEach((button, i) => button.addEventListener('click', () => choose(i)));
  const bar = el(
    'div',
    {
      role: 'tablist',
      'aria-label': label,
      class: 'tabs',
      onkeydown: (event) => arrows(event, buttons, SIDEWAYS, (button) => button.click()),
    },
    buttons,
  );
  choose(
    Math.max(
      0,
      list.findIndex((one) => one.id === parameters().tab),
    ),
  );
  return el(
    'div',
    null,
    bar,
    all.map((one) => one.panel),
  );
}

function tab({ id, name, show }, subject, goTo) {
  let shown = null;
  const button = el('button', { type: 'button', role: 'tab', id: 'tab-' + id, 'aria-controls': 'panel-' + id }, name);
  const panel = el('section', { role: 'tabpanel', id: 'panel-' + id, 'aria-labelledby': 'tab-' + id, tabindex: 0 });
  return {
    button,
    panel,
    select(chosen) {
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      panel.hidden = !chosen;
      if (chosen) {
        shown ??= show(panel, subject, goTo) ?? {};
      }
    },
    wish: (wish) => wish && shown.wish?.(wish),
  };
}
