/** All that was kept of an incident, with its digests: what a downloaded file has to have. */
import { getJson, incidentPath, withQuery } from './api.js';
import { el, put } from './dom.js';
import { link } from './evidence-link.js';
import { loading, nothing } from './loading.js';
import { more } from './more.js';
import { table } from './table.js';
import { time } from './time.js';
import { size } from './words.js';

const COLUMNS = [
  { name: 'No.', of: (kept) => kept.number },
  { name: 'Name', class: 'wide', of: (kept) => [link(kept), el('code', { class: 'source' }, kept.source)] },
  { name: 'Kept (UTC)', class: 'when', of: (kept) => time(kept.at) },
  { name: 'Size', class: 'tight', of: (kept) => size(kept.size) },
  { name: 'SHA-256', class: 'breaks', of: (kept) => el('code', null, kept.sha256) },
];

export function evidenceTab(panel, incident) {
  loading(panel, getJson(withQuery(incidentPath(incident.id, '/timeline'), { limit: 1000 })), evidence);
}

function evidence(first) {
  const kept = [];
  const rows = el('div');
  const take = (page) => {
    kept.push(...page.entries.flatMap((entry) => entry.evidence.map((one) => ({ ...one, at: entry.at }))));
    put(rows, kept.length > 0 ? table('Kept outputs', COLUMNS, kept) : nothing('No output is kept of it.'));
  };
  take(first);
  return [
    el('p', { class: 'quiet' }, 'Redacted before it was kept. Check a file you have downloaded with sha256sum.'),
    rows,
    first.next && more(first, take),
  ];
}
