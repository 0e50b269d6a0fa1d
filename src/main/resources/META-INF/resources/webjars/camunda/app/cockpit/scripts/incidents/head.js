/** What everybody wants to know of an incident first. */
import { hash } from './address.js';
import { el, facts, list, pageHead } from './dom.js';
import { between, time } from './time.js';
import { exercise, service, severity, state, words } from './words.js';

export function head(incident) {
  return el(
    'header',
    { class: 'head' },
    el(
      'div',
      { class: 'head-title' },
      pageHead(incident.id + ' ' + incident.alertName),
      state(incident.state),
      severity(incident.severity),
      exercise(incident.exercise),
    ),
    el('p', { class: 'head-summary' }, incident.summary),
    facts(about(incident)),
    incident.state === 'open' && next(incident.next.inWords),
  );
}

function about(incident) {
  return [
    ['Service', service(incident)],
    ['Target', incident.target],
    ['Runbook', incident.runbook],
    ['Opened (UTC)', time(incident.openedAt)],
    ['Declared by', incident.declaredBy],
    [
      'Acknowledged',
      incident.firstAcknowledgedAt && ['after ', between(incident.openedAt, incident.firstAcknowledgedAt)],
    ],
    [
      incident.closedAt ? 'Had it last' : 'Has it',
      incident.acknowledgedBy && [incident.acknowledgedBy, ', since ', time(incident.acknowledgedAt), ' UTC'],
    ],
    ['Resolved', incident.closedAt && ['after ', between(incident.openedAt, incident.closedAt)]],
    ['Outcome', words(incident.outcome)],
    ['Ended by', ending(incident)],
    ['Reopened', reopened(incident)],
    [
      'Run aborted',
      incident.abort && [incident.abort.by, ', ', time(incident.abort.at), ' UTC: ', incident.abort.reason],
    ],
    ['Kept from people until (UTC)', time(incident.heldUntil)],
    ['Waits on', incident.parent && link(incident.parent)],
    ['Waited on it', incident.children && incident.children.map((child) => [link(child.id), ' '])],
  ].filter(([, value]) => value);
}

function ending({ ending: end }) {
  return end && [words(end.cause), end.by && ', ' + end.by, end.reason && ': ' + end.reason];
}

/** Its times are counted from when it was first opened. */
const reopened = ({ reopened: count }) => count > 0 && `${count}×: times are since it was first opened`;

const link = (id) => el('a', { href: hash('/incidents/' + id) }, id);

function next(sentences) {
  return el(
    'section',
    { class: 'next', 'aria-label': 'What happens next' },
    el('h2', null, 'What happens next'),
    list(sentences),
  );
}
