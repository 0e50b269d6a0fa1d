/** Whether the record is as it was sealed: asked when somebody presses the button, told in plain words. */
import { getJson, incidentPath } from './api.js';
import { button, el, facts, list } from './dom.js';
import { incidentLink } from './incident-link.js';
import { kubectl } from './kubectl.js';
import { loading } from './loading.js';
import { time } from './time.js';

export function recordTab(panel, incident) {
  panel.append(
    el(
      'p',
      null,
      'Each entry of the record is sealed with a hash over itself and the entry before it.',
      ' Whoever changes, removes or adds one afterwards breaks the chain from there on.',
    ),
    check('Verify the record of ' + incident.id, incidentPath(incident.id, '/verify'), ofIncident),
    check('Verify the whole record', '/api/record/verify', ofAll),
  );
}

function check(name, path, told) {
  const result = el('div', { 'aria-live': 'polite' });
  const verify = () => loading(result, getJson(path), told, 'Reading every entry');
  return el('div', { class: 'check' }, button(name, verify), result);
}

function ofIncident(verdict) {
  return verdict.intact ? sound(verdict) : broken(verdict);
}

function ofAll(verdict) {
  return verdict.sound ? sound(verdict) : broken(verdict);
}

function sound({ entries, head, removed, unsealed }) {
  return el(
    'div',
    { class: 'verdict sound' },
    el('p', null, el('strong', null, '✓ Sound.'), ` All ${entries} sealed entries are as they were sealed.`),
    removed && el('p', null, `${removed} older ones were removed by age, as a sealed entry says.`),
    unsealed > 0 && el('p', null, `${unsealed} of the last second wait for their place in the chain.`),
    head &&
      el('p', { class: 'breaks' }, 'Hash of the last one, to be kept elsewhere and compared: ', el('code', null, head)),
  );
}

function broken(verdict) {
  return el(
    'div',
    { class: 'verdict broken', role: 'alert' },
    el('h2', null, '✕ The record was changed after it was sealed'),
    el('p', null, el('strong', null, `Entry ${verdict.at}: ${verdict.why}.`)),
    verdict.where ? entry(verdict) : missing(verdict),
    el('h3', null, 'What to do'),
    list(TO_DO, null, 'ol'),
    kubectl(['java -jar incident-orchestrator.jar verify-record --backup incidents.zip'], 'On the command line'),
    el('p', { class: 'quiet' }, 'More of it: “The record” and “Back-up” in operations.md.'),
  );
}

const TO_DO = [
  'Tell who answers for the audit: somebody has written into the database past the program. No page of it can do that.',
  'Do not rely on this entry, nor on any after it: the check ends at the first fault, and there may be more.',
  'Keep the database as it is: stop the program, copy its data folder or its PostgreSQL database, and note who could write there.',
  'Compare with a back-up from before. This says whether the back-up itself is sound:',
];

/** As the database has it now. */
function entry({ at, where }) {
  return facts([
    ['Row', el('code', null, `table evidence, seq = ${at}`)],
    ['Incident', where.incident ? incidentLink(where.incident) : 'of none'],
    ['Written (UTC)', time(where.at)],
    ['Kind', where.kind.toLowerCase().replaceAll('_', ' ')],
    ['Who', where.actor],
    ['What it says now', where.summary],
  ]);
}

function missing({ at }) {
  return el(
    'p',
    null,
    'It is not in the database any more: table evidence has no row with ',
    el('code', null, `seq = ${at}`),
    '. What it said, and of which incident, only a back-up knows; so no incident can be proved complete.',
  );
}
