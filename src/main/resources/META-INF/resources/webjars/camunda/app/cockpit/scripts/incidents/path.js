/** The way an incident took: its processes as a tree, and the chosen one. */
import { getJson, incidentPath } from './api.js';
import { note, parameters } from './address.js';
import { el } from './dom.js';
import { loading, nothing } from './loading.js';
import { runView } from './run.js';
import { tree } from './tree.js';

const GONE =
  'The engine’s history of this incident, or of a time before it was reopened, was removed by its retention.' +
  ' The timeline and the report still tell what was done.';

export function pathTab(panel, incident, goTo) {
  loading(panel, getJson(incidentPath(incident.id, '/run')), ({ instances, removed }) => [
    removed && nothing(GONE),
    instances.length > 0 ? path(incident, instances, goTo) : !removed && nothing('No process has run for it yet.'),
  ]);
}

function path(incident, instances, goTo) {
  const place = el('div', { class: 'path-main' });
  const choose = (id, element) => {
    processes.mark(id);
    note({ instance: id, element });
    const asked = getJson(incidentPath(incident.id, '/run/' + encodeURIComponent(id)));
    return loading(place, asked, (run) => runView(run, element, choose, goTo));
  };
  const processes = tree(instances, choose);
  const { instance: wanted, element } = parameters();
  choose((instances.find((one) => one.id === wanted) ?? first(instances)).id, element);
  return el('div', { class: 'path' }, processes.element, place);
}

/** The runbook says most; before there is one, the root. */
const first = (instances) =>
  instances.find((one) => one.kind === 'runbook' || one.kind === 'procedure') ?? instances[0];
