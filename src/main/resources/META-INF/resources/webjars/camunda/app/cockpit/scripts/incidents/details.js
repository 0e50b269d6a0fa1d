/** What an entry of the timeline says: its sentence, its kubectl lines to be copied, its small facts folded away. */
import { el, facts } from './dom.js';
import { kubectl } from './kubectl.js';
import { words } from './words.js';

export function told(entry) {
  const { kubectl: lines, ...rest } = entry.details ?? {};
  return [folded(Object.entries(rest)), entry.summary, lines && kubectl(String(lines).split('\n'))];
}

function folded(known) {
  return (
    known.length > 0 &&
    el('details', null, el('summary', null, 'Facts'), facts(known.map(([name, value]) => [words(name), text(value)])))
  );
}

function text(value) {
  if (Array.isArray(value)) {
    return value.map(text).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
