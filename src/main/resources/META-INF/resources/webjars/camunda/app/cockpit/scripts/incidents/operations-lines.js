/** Which lines of the written runbook were ever worked, those that never were first. */
import { el } from './dom.js';
import { nothing } from './loading.js';
import { table } from './table.js';
import { time } from './time.js';

const COLUMNS = [
  { name: 'Line', head: true, of: (line) => line.id },
  { name: 'As it is written', class: 'wide', of: (line) => el('code', null, line.text) },
  { name: 'Elements that carry it out', of: (line) => line.elements },
  { name: 'Passed', of: (line) => (line.uses > 0 ? `✓ ${line.uses}×` : '○ never') },
  { name: 'Last (UTC)', class: 'when', of: (line) => time(line.lastUsedAt) },
];

export function lines(found) {
  const never = found.filter((line) => line.uses === 0);
  const used = found.filter((line) => line.uses > 0);
  return el(
    'section',
    { 'aria-label': 'Lines of the runbook' },
    el('h2', null, 'Lines of the written runbook'),
    el('p', { class: 'quiet' }, `${used.length} of ${found.length} were worked, as far as the engine remembers; figures may be ten minutes old.`),
    used.length > 0 ? table('Lines that were worked', COLUMNS, used) : nothing('None was worked yet.'),
    never.length > 0 &&
      el('details', null, el('summary', null, `Never worked: ${never.length}`), table('Lines that were never worked', COLUMNS, never)),
  );
}
