/** A change line by line: what goes begins with −, what comes with +, and each has its colour. */
import { el } from './dom.js';

const KINDS = [
  [/^(\+\+\+|---|@@)/, 'place'],
  [/^\+/, 'added'],
  [/^-/, 'removed'],
];

export function diff(text) {
  return el(
    'pre',
    { class: 'diff', tabindex: 0, 'aria-label': 'What changes' },
    text.split('\n').map((line) => el('span', { class: kind(line) }, line + '\n')),
  );
}

const kind = (line) => KINDS.find(([begins]) => begins.test(line))?.[1];
