/** The way an incident took: its processes as a tree, and the chosen one. */
import { getJson, incidentPath } from './api.js';
import { note, parameters } from './address.js';
import { button, el } from './dom.js';
import { loading, nothing } from './loading.js';
import { runView } from './run.js';
import { tree } from './tree.js';

export function pathTab(panel, incident, goTo) {
  loading(panel, getJson(incidentPath(incident.id, '/run')), ({ instances, removed }) => [
    removed && gone(instances.length > 0, goTo),
    instances.length > 0 ? path(incident, instances, goTo) : !removed && nothing('No process has run for it yet.'),
  ]);
}

/** @param some whether only a time before it was reopened is gone */
function gone(some, goTo) {
  return el(
    'section',
    { class: 'notice', 'aria-label': 'Removed by age' },
    el(
      'h2',
      null,
      some
        ? 'The diagrams of the time before it was reopened were removed by age.'
        : 'The diagrams of this incident were removed by age.',
    ),
    el(
      'p',
      null,
      'The engine keeps the processes of an incident for as long as the setting retention.history says, and that time is over.',
      ' Nothing has gone wrong. What was done, by whom and with which command is on the record, which is kept apart:',
    ),
    el(
      'p',
      { class: 'pages' },
      button('Timeline', () => goTo('timeline')),
      button('Decisions', () => goTo('decisions')),
      button('Report', () => goTo('report')),
    ),
  );
}

function path(incident, instances, goTo) {
  const place = el('div', { class: 'path-main' });
  const choose = (id, element) => {
    processes.mark(id);
    note({ instance: id, element });
    const asked = getJson(incidentPath(incident.id, '/run/' + encodeURIComponent(id)));
    return loading(place, asked, (run) => runView(run, element, open, goTo));
  };
  // What was pressed is not there any more: a keyboard goes on from the process that was opened.
  const open = (id) => {
    choose(id);
    processes.focus(id);
  };
  const processes = tree(instances, choose);
  const { instance: wanted, element } = parameters();
  choose((instances.find((one) => one.id === wanted) ?? first(instances)).id, element);
  return el('div', { class: 'path' }, processes.element, place);
}

/** The runbook says most; before there is one, the root. */
const first = (instances) =>
  instances.find((one) => one.kind === 'runbook' || one.kind === 'procedure') ?? instances[0];
