/** The open incidents: who has each, what happens next and when. */
import { el } from './dom.js';
import { incidentLink } from './incident-link.js';
import { nothing } from './loading.js';
import { table } from './table.js';
import { time } from './time.js';
import { exercise, severity } from './words.js';

const COLUMNS = [
  { name: 'Incident', head: true, of: ({ incident }) => [incidentLink(incident.id), incident.exercise && el('div', null, exercise(incident.exercise))] },
  { name: 'Severity', of: ({ incident }) => severity(incident.severity) },
  {
    name: 'What',
    class: 'wide',
    of: ({ incident }) => [
      el('strong', null, incident.alertName),
      ' ',
      incident.summary,
      el('div', { class: 'quiet' }, [incident.namespace, incident.workload].filter(Boolean).join('/')),
    ],
  },
  { name: 'Runbook', class: 'name', of: ({ incident }) => incident.runbook },
  { name: 'Opened (UTC)', class: 'when', of: ({ incident }) => time(incident.openedAt) },
  { name: 'Who has it', of: ({ incident }) => incident.acknowledgedBy ?? el('strong', { class: 'nobody' }, '! nobody') },
  { name: 'What happens next', class: 'wide', of: (one) => el('ul', { class: 'next-steps' }, one.next.map((sentence) => el('li', null, sentence))) },
  { name: 'Next at (UTC)', class: 'when', of: (one) => one.nextAt && [time(one.nextAt), el('div', { class: 'quiet' }, one.nextName)] },
];

export function open(found) {
  return el(
    'section',
    { 'aria-label': 'Open incidents' },
    el('h2', null, `Open: ${found.length}`),
    found.length > 0 ? table('Open incidents, the newest first', COLUMNS, found) : nothing('No incident is open.'),
  );
}
