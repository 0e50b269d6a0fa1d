/** The instances that an incident ran through, as a tree of who called whom, in the order they were started. */
import { el, list } from './dom.js';
import { between, clock } from './time.js';
import { symbol } from './words.js';

/** @param choose is given the id of an instance @return { element, mark: shows which one is chosen, focus: on that of an instance } */
export function tree(instances, choose) {
  const known = new Set(instances.map((one) => one.id));
  const buttons = new Map();
  const under = (parent) => {
    const children = instances.filter((one) => (known.has(one.parent) ? one.parent : undefined) === parent);
    return children.length > 0 && list(children.map((one) => [button(one), under(one.id)]));
  };
  const button = (one) => {
    const made = el(
      'button',
      { type: 'button', class: 'state-' + one.state, title: told(one), onclick: () => choose(one.id) },
      symbol(one.state) + ' ' + one.name,
    );
    made.append(el('span', { class: 'quiet' }, ' ', clock(one.startedAt)));
    buttons.set(one.id, made);
    return made;
  };
  return {
    element: el('nav', { class: 'tree', 'aria-label': 'Processes of the incident' }, under(undefined)),
    mark: (id) => current(buttons, id),
    focus: (id) => buttons.get(id)?.focus(),
  };
}

function told(one) {
  const took = between(one.startedAt, one.endedAt);
  return `${one.key}, version ${one.versionTag ?? one.version}: ${one.state}` + (took ? ` after ${took}` : '');
}

/** Shows which one of these is looked at. @param buttons by id */
export function current(buttons, id) {
  buttons.forEach((button, other) =>
    other === id ? button.setAttribute('aria-current', 'true') : button.removeAttribute('aria-current'),
  );
}
