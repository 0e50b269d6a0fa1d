/** One incident: its head, and a tab for each thing to look at. */
import { getJson, incidentPath } from './api.js';
import { segment } from './address.js';
import { ownParameters } from './cockpit.js';
import { decisionsTab } from './decisions.js';
import { el, put } from './dom.js';
import { evidenceTab } from './evidence.js';
import { head } from './head.js';
import { loading } from './loading.js';
import { pathTab } from './path.js';
import { recordTab } from './record.js';
import { reportTab } from './report.js';
import { tabs } from './tabs.js';
import { timelineTab } from './timeline.js';
import { variablesTab } from './variables.js';

const TABS = [
  { id: 'path', name: 'Path', show: pathTab },
  { id: 'timeline', name: 'Timeline', show: timelineTab },
  { id: 'evidence', name: 'Evidence', show: evidenceTab },
  { id: 'decisions', name: 'Decisions', show: decisionsTab },
  { id: 'variables', name: 'Variables', show: variablesTab },
  { id: 'record', name: 'Record', show: recordTab },
  { id: 'report', name: 'Report', show: reportTab },
];

export function incidentPage(node) {
  const id = segment(1);
  ownParameters('/incidents/:id');
  const draw = () => {
    const place = el('div');
    put(node, el('p', null, el('a', { href: '#/incidents' }, '« Incidents')), place);
    loading(place, getJson(incidentPath(id)), (incident) => [head(incident), tabs(incident.id, TABS, incident)]);
  };
  // Somebody went back, or wrote another tab into the address.
  const moved = ({ oldURL }) => segment(1) === id && segment(1, new URL(oldURL).hash) === id && draw();
  window.addEventListener('hashchange', moved);
  draw();
  return () => window.removeEventListener('hashchange', moved);
}
