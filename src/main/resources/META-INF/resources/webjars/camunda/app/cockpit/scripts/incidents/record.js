/** Whether the record is as it was sealed: asked when somebody presses the button, told in plain words. */
import { getJson, incidentPath } from './api.js';
import { button, el } from './dom.js';
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

function broken({ at, why, where }) {
  return el(
    'div',
    { class: 'verdict broken', role: 'alert' },
    el('p', null, el('strong', null, '✕ Broken.'), at !== undefined && ` It shows at entry ${at}: `, why),
    where && el('p', null, where.incident, ' ', time(where.at), ` ${where.actor}: ${where.summary}`),
    el('p', null, 'Keep the database as it is, and compare it with a back-up: “The record” in operations.md.'),
  );
}
