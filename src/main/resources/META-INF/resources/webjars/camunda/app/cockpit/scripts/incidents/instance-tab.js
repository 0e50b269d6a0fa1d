/** A tab of Cockpit's own page about a process instance: the way to the incident it belongs to. */
import { engineJson, getJson, incidentPath } from './api.js';
import { hash } from './address.js';
import { el } from './dom.js';
import { head } from './head.js';
import { loading, nothing } from './loading.js';

/** Every instance of an incident has its number as business key. */
const NUMBER = /^INC-\d+$/;

export function instanceTab(node, api, instance) {
  const asked = engineJson(api, '/history/process-instance/' + encodeURIComponent(instance));
  loading(node, asked, ({ businessKey }) =>
    NUMBER.test(businessKey ?? '') ? leads(businessKey) : nothing('This instance belongs to no incident.'),
  );
}

async function leads(id) {
  const incident = await getJson(incidentPath(id));
  return [
    head(incident),
    el(
      'p',
      null,
      el('a', { href: hash('/incidents/' + id) }, 'Open ' + id + ': path, timeline, evidence, decisions, report'),
    ),
  ];
}
