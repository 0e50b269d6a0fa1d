/** What was proposed, what it would have changed, and who decided what, when and why. */
import { getJson, incidentPath } from './api.js';
import { diff } from './diff.js';
import { el, facts } from './dom.js';
import { kubectl } from './kubectl.js';
import { loading, nothing } from './loading.js';
import { time } from './time.js';
import { words } from './words.js';

export function decisionsTab(panel, incident) {
  loading(panel, getJson(incidentPath(incident.id, '/proposals')), ({ proposals }) =>
    proposals.length > 0 ? proposals.map(proposal) : nothing('Nothing was proposed so far.'),
  );
}

function proposal(one) {
  return el(
    'article',
    { class: 'card' },
    el('h2', null, `Proposal ${one.id}: ${one.summary}`),
    el('p', null, verdict(one.decision, one.decidedBy, one.decidedAt)),
    one.approval && approval(one.approval),
    facts([
      ['Step', one.step],
      ['Target', one.target],
      ['Planned (UTC)', time(one.plannedAt)],
      ['Expires (UTC)', time(one.expiresAt)],
      ['Carried out', one.used && [words(one.used.state), ' ', time(one.used.at)]],
      ['Guards', one.findings],
    ]),
    kubectl(one.kubectl),
    one.diff && diff(one.diff),
    el('p', { class: 'quiet breaks' }, 'Hash of what was shown: ', el('code', null, one.hash)),
  );
}

function approval(asked) {
  return el(
    'section',
    { class: 'approval' },
    el('h3', null, 'Approval by a second person'),
    el('p', null, asked.question),
    el('p', null, verdict(asked.decision, asked.decidedBy, asked.decidedAt), asked.reason && ': ' + asked.reason),
    facts([
      ['Asked by', asked.requester],
      ['Responder', asked.responder],
      ['Asked (UTC)', time(asked.requestedAt)],
      ['To be answered until (UTC)', time(asked.expiresAt)],
      ['Usable until (UTC)', time(asked.usableUntil)],
      ['Other answers', asked.alternatives?.length > 0 && asked.alternatives.map((one) => one.label).join(' · ')],
    ]),
  );
}

function verdict(decision, by, at) {
  return decision
    ? [el('strong', null, words(decision)), by && ' by ' + by, at && [', ', time(at), ' UTC']]
    : el('span', { class: 'quiet' }, 'Not decided.');
}
