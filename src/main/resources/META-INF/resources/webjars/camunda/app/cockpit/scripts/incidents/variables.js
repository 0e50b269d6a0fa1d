/** What the processes knew at last, redacted. */
import { getJson, incidentPath } from './api.js';
import { el } from './dom.js';
import { loading, nothing } from './loading.js';
import { table } from './table.js';
import { time } from './time.js';

const COLUMNS = [
  { name: 'Name', head: true, of: (one) => one.name },
  { name: 'Value', class: 'wide', of: value },
  { name: 'Type', of: (one) => one.type },
  { name: 'Set (UTC)', class: 'when', of: (one) => time(one.at) },
];

export function variablesTab(panel, incident) {
  const asked = Promise.all([
    getJson(incidentPath(incident.id, '/variables')),
    getJson(incidentPath(incident.id, '/run')),
  ]);
  loading(panel, asked, ([{ variables }, { instances, removed }]) =>
    variables.length > 0
      ? perInstance(variables, instances)
      : nothing(removed ? 'The variables of this incident were removed by age, with its diagrams: Path says more.' : 'No process has set a variable so far.'),
  );
}

function perInstance(variables, instances) {
  const names = new Map(instances.map((one) => [one.id, one.name]));
  return [...grouped(variables)].map(([instance, all]) => [
    el('h2', null, names.get(instance) ?? instance),
    table('Variables', COLUMNS, all),
  ]);
}

function grouped(variables) {
  const groups = new Map();
  variables.forEach((one) => groups.set(one.instance, [...(groups.get(one.instance) ?? []), one]));
  return groups;
}

function value(one) {
  const text = typeof one.value === 'string' ? one.value : JSON.stringify(one.value);
  return [el('pre', { class: 'value' }, text), one.cut && el('span', { class: 'quiet' }, 'Cut: it is longer.')];
}
