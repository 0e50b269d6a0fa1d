/** What was done for the time being, and has to be taken back. */
import { el } from './dom.js';
import { incidentLink } from './incident-link.js';
import { nothing } from './loading.js';
import { table } from './table.js';
import { between, time } from './time.js';

export function leases(found, now) {
  const columns = [
    { name: 'Incident', head: true, of: (one) => incidentLink(one.incident) },
    { name: 'What', of: (one) => one.what },
    { name: 'On', class: 'wide', of: (one) => one.target },
    { name: 'Ends (UTC)', class: 'when', of: (one) => time(one.endsAt) ?? 'not looked at yet' },
    { name: 'In', of: (one) => one.endsAt && (new Date(one.endsAt) > new Date(now) ? between(now, one.endsAt) : el('strong', null, '! over')) },
    { name: 'Who has it', of: (one) => one.who ?? 'nobody' },
  ];
  return el(
    'section',
    { 'aria-label': 'Leases' },
    el('h2', null, 'Done for the time being'),
    found.length > 0 ? table('Temporary changes, the first to end first', columns, found) : nothing('Nothing waits to be taken back.'),
  );
}
