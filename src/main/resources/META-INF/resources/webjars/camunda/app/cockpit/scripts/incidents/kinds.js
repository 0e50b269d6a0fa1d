/** Which kinds of entries are looked at: a switch for each group of them, with how many there are. */
import { el, put } from './dom.js';

const GROUPS = [
  ['Steps', /^(step|runbook)/],
  ['People', /^(acknowledged|givenBack|handedOver|responderAdded|note|runAborted|held|declared|person)/],
  ['Decisions', /^(decided|approval|glass)/],
  ['Paging', /^(paged|escalated|notified|notNotified)/],
  ['Alerts', /^(alert|incident)/],
];
const REST = 'Other';

const groupOf = (kind) => GROUPS.find(([, kinds]) => kinds.test(kind))?.[0] ?? REST;

/** @param entries the list that is loaded so far; it grows */
export function kindFilter(entries, changed) {
  const hidden = new Set();
  const element = el('div', { class: 'kinds', role: 'group', 'aria-label': 'Kinds of entries' });
  const flip = (group) => {
    if (!hidden.delete(group)) {
      hidden.add(group);
    }
    changed();
  };
  return {
    element,
    shows: (kind) => !hidden.has(groupOf(kind)),
    count() {
      put(
        element,
        [...GROUPS.map(([group]) => group), REST].map((group) => toggle(group, entries, hidden, flip)),
      );
    },
  };
}

function toggle(group, entries, hidden, flip) {
  const count = entries.filter((entry) => groupOf(entry.kind) === group).length;
  return (
    count > 0 &&
    el(
      'label',
      null,
      el('input', { type: 'checkbox', checked: !hidden.has(group), onchange: () => flip(group) }),
      ` ${group} (${count})`,
    )
  );
}
