/** How long it took until somebody had an incident, and until it was closed: figures, and a small plot of each week. */
import { el } from './dom.js';
import { nothing } from './loading.js';
import { plot } from './plot.js';
import { table } from './table.js';
import { inWords, seconds } from './time.js';

export function times(found) {
  return el(
    'section',
    { 'aria-label': 'Times to acknowledge and to resolve' },
    el('h2', null, 'Times'),
    el(
      'p',
      { class: 'quiet' },
      'Half of them took no longer than p50, nine of ten no longer than p90. Exercises, planned work and what came back count nowhere. In the plots: ',
      el('span', { class: 'line-p50' }, '— p50'),
      ', ',
      el('span', { class: 'line-p90' }, '- - p90'),
      ', week by week.',
    ),
    found.length === 0
      ? nothing('There is nothing to measure yet.')
      : [of('Service', 'service', found), of('Runbook', 'runbook', found)],
  );
}

function of(title, field, found) {
  const rows = found.filter((one) => one[field]);
  return rows.length > 0 && table(`Times by ${field}`, columns(title, field), rows);
}

const columns = (title, field) => [
  { name: title, head: true, class: 'name', of: (one) => one[field] },
  { name: 'Incidents', of: (one) => one.incidents },
  { name: 'To acknowledge: p50 · p90 · longest', of: (one) => figures(one.acknowledge) },
  { name: 'Weeks', of: (one) => plot(`To acknowledge, ${one[field]}`, one.series, 'acknowledge') },
  { name: 'To resolve: p50 · p90 · longest', of: (one) => figures(one.resolve) },
  { name: 'Weeks', of: (one) => plot(`To resolve, ${one[field]}`, one.series, 'resolve') },
];

function figures({ p50, p90, max }) {
  return max ? [p50, p90, max].map((one) => inWords(seconds(one))).join(' · ') : el('span', { class: 'quiet' }, 'none yet');
}
