/** All incidents, ended and running, to be searched; the server pages them. */
import { address as api, getJson, withQuery } from './api.js';
import { hash, parameters } from './address.js';
import { el, pageHead } from './dom.js';
import { filterForm } from './filters.js';
import { loading, nothing } from './loading.js';
import { rowLink, table } from './table.js';
import { between, time } from './time.js';
import { exercise, severity, state, words } from './words.js';

const PAGE = '/incidents';

const COLUMNS = [
  { name: 'Number', head: true, of: (one) => [rowLink(hash(PAGE + '/' + one.id), one.id), exercise(one.exercise)] },
  {
    name: 'State',
    of: (one) => [state(one.state), one.reopened > 0 && el('div', { class: 'quiet' }, `reopened ${one.reopened}×`)],
  },
  { name: 'Severity', of: (one) => severity(one.severity) },
  { name: 'What', class: 'wide', of: (one) => [el('strong', null, one.alertName), ' ', one.summary] },
  { name: 'Service', class: 'name', of: (one) => [one.workload, el('div', { class: 'quiet' }, one.namespace)] },
  { name: 'Runbook', class: 'name', of: (one) => one.runbook },
  { name: 'Opened (UTC)', class: 'when', of: (one) => time(one.openedAt) },
  { name: 'Acknowledged after', of: (one) => between(one.openedAt, one.firstAcknowledgedAt) },
  { name: 'Resolved after', of: (one) => between(one.openedAt, one.closedAt) },
  { name: 'Outcome', of: (one) => words(one.outcome) },
  { name: 'Who', of: (one) => one.acknowledgedBy },
];

export function listPage(node) {
  const asked = parameters();
  const found = el('section', { 'aria-label': 'Incidents found' });
  node.append(
    pageHead('Incidents'),
    filterForm(asked, (filters) => go({ ...filters, before: '' })),
    found,
  );
  loading(found, getJson(withQuery('/api/incidents', { state: 'all', ...asked })), (page) => shown(page, asked));
}

function go(filters) {
  location.hash = hash(PAGE, filters);
}

function shown({ incidents, next }, asked) {
  if (incidents.length === 0) {
    return nothing(
      asked.before ? 'There are no older ones.' : 'No incident fits. Take a filter away, or clear them all.',
    );
  }
  return [table('Incidents, the newest first', COLUMNS, incidents), pages(asked, next)];
}

/** Older ones are where the server says; newer ones are behind the browser's back. */
function pages(asked, next) {
  return el(
    'nav',
    { class: 'pages', 'aria-label': 'Pages' },
    asked.before && el('a', { href: hash(PAGE, { ...asked, before: '' }) }, '« Newest'),
    next && el('a', { href: hash(PAGE, behind(next)) }, 'Older »'),
    !asked.before && !next && el('span', { class: 'quiet' }, 'These are all.'),
  );
}

const behind = (next) => Object.fromEntries(new URL(api(next), location.origin).searchParams);
