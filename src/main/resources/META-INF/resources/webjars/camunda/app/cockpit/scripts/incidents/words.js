/** The API's words as people read them. A colour is never alone: a symbol stands with it. */
import { el } from './dom.js';

const STATES = {
  open: '●',
  closed: '✓',
  running: '▶',
  completed: '✓',
  cancelled: '✕',
  failed: '!',
};

const SEVERITIES = { critical: '◆', warning: '▲', info: '○', unknown: '?' };

/** resolvedByRunbook → resolved by runbook */
export function words(word) {
  return word ? word.replace(/([A-Z])/g, ' $1').toLowerCase() : null;
}

export const symbol = (state) => STATES[state] ?? '·';

export const state = (word) => mark('state', word, symbol(word));

export const severity = (word) => mark('severity', word, SEVERITIES[word] ?? '·');

export const exercise = (stamped) => stamped && el('strong', { class: 'exercise' }, 'EXERCISE');

export function service(incident) {
  return [incident.namespace, incident.workload].filter(Boolean).join('/');
}

function mark(kind, word, sign) {
  return word
    ? el('span', { class: 'tag ' + kind + '-' + word }, el('span', { 'aria-hidden': 'true' }, sign), ' ' + word)
    : null;
}

/** 1536 → 1.5 KiB */
export function size(bytes) {
  if (bytes < 1024) {
    return bytes + '\u00a0B';
  }
  const exponent = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return (bytes / 1024 ** exponent).toFixed(1) + '\u00a0' + ['B', 'KiB', 'MiB', 'GiB'][exponent];
}
