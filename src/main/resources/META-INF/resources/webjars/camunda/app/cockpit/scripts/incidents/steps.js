/** The elements that the way came by, in their order: what the diagram shows, for a keyboard. */
import { arrows } from './arrows.js';
import { el, list } from './dom.js';
import { nameOf, stateOf } from './passes.js';
import { current } from './tree.js';
import { symbol } from './words.js';

/** Pixels of a row, and of the rows that stay in sight above the chosen one. */
const ROW = 30;
const ABOVE = 60;

const UPRIGHT = { back: 'ArrowUp', on: 'ArrowDown' };

/** @param choose is given the id of an element @return { element, mark: shows which one is chosen } */
export function steps(elements, choose) {
  const buttons = new Map(elements.map((one) => [one.element, step(one, choose)]));
  const order = [...buttons.values()];
  const element = el(
    'nav',
    { class: 'steps', 'aria-label': 'Steps in their order', onkeydown: (event) => arrows(event, order, UPRIGHT) },
    list(order, null, 'ol'),
  );
  return {
    element,
    mark(id) {
      current(buttons, id);
      // The Tab key stops at one of them, and goes on to what it did.
      const stop = buttons.get(id) ?? order[0];
      order.forEach((button) => (button.tabIndex = button === stop ? 0 : -1));
      const top = buttons.get(id)?.offsetTop ?? 0;
      if (top < element.scrollTop || top + ROW > element.scrollTop + element.clientHeight) {
        element.scrollTop = top - ABOVE;
      }
    },
  };
}

function step(one, choose) {
  const chosen = () => choose(one.element);
  const state = stateOf(one);
  return el(
    'button',
    { type: 'button', onclick: chosen, onfocus: chosen },
    el('span', { class: 'tag state-' + state, title: state }, symbol(state)),
    ' ' + nameOf(one),
  );
}
