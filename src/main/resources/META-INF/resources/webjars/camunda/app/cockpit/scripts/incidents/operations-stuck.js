/** What does not go on by itself. */
import { el } from './dom.js';
import { incidentLink } from './incident-link.js';
import { nothing } from './loading.js';
import { table } from './table.js';
import { time } from './time.js';

const COLUMNS = [
  { name: 'What', head: true, class: 'wide', of: (one) => [el('span', { 'aria-hidden': 'true' }, '✕ '), one.what] },
  { name: 'Incident', of: (one) => incidentLink(one.incident) },
  { name: 'Why, and what to do', class: 'wide', of: (one) => one.why },
  { name: 'Since (UTC)', class: 'when', of: (one) => time(one.since) },
];

export function stuck(found) {
  return el(
    'section',
    { class: found.length > 0 ? 'stuck' : null, 'aria-label': 'Stuck work' },
    el('h2', null, found.length > 0 ? `✕ Stuck: ${found.length}` : 'Stuck'),
    found.length > 0 ? table('What does not go on by itself', COLUMNS, found) : nothing('Nothing is stuck.'),
  );
}
