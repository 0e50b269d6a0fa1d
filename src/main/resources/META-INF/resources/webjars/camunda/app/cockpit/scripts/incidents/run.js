/** One process that ran: its diagram, its steps in their order, and what the chosen one of them did. */
import { note } from './address.js';
import { diagram } from './diagram.js';
import { el, put } from './dom.js';
import { nothing } from './loading.js';
import { passes, stateOf, untouched } from './passes.js';
import { steps } from './steps.js';
import { symbol } from './words.js';

const LEGEND = ['completed', 'running', 'cancelled', 'failed'];

/**
 * @param wanted the id of the element to begin with, if there is one
 * @param open is given the id of a called instance
 * @param goTo the way to another tab
 */
export function runView(run, wanted, open, goTo) {
  const canvas = el('div', { class: 'canvas' });
  const tools = el('div', { class: 'tools' }, legend());
  const shown = el('div', { class: 'passes', 'aria-live': 'polite' });
  const order = steps(run.elements, (id) => choose(id));
  let drawn = null;
  const choose = (id) => {
    const found = run.elements.find((one) => one.element === id);
    put(shown, found ? passes(found, open, (entry) => goTo('timeline', { entry })) : untouched());
    order.mark(id);
    drawn?.mark(id);
    note({ element: id });
  };
  const draw = async () => {
    try {
      drawn = await diagram(canvas, run, choose);
      tools.append(...drawn.zoom);
    } catch (problem) {
      put(canvas, nothing(`The diagram cannot be drawn: ${problem.message}. The steps below are the same.`));
    }
    choose(wanted ?? start(run.elements));
  };
  // It can only be drawn once it has a place in the page.
  requestAnimationFrame(draw);
  const version = run.instance.versionTag ?? run.instance.version;
  return [
    el('h2', null, `${run.instance.name}, version ${version}`),
    tools,
    canvas,
    el('div', { class: 'steps-and-passes' }, order.element, shown),
  ];
}

/** What most wants to be seen first: what failed or runs, else where it began. */
function start(elements) {
  const inState = (state) => elements.find((one) => stateOf(one) === state);
  return (inState('failed') ?? inState('running') ?? elements[0])?.element;
}

function legend() {
  return el(
    'p',
    { class: 'legend' },
    LEGEND.map((state) => el('span', { class: 'tag state-' + state }, symbol(state) + ' ' + state)),
  );
}
