/** What happened, in order, with links to what was kept. The server pages it; kinds are chosen among what is loaded. */
import { getJson, incidentPath, withQuery } from './api.js';
import { el, put } from './dom.js';
import { links } from './evidence-link.js';
import { kindFilter } from './kinds.js';
import { loading, nothing } from './loading.js';
import { more } from './more.js';
import { table } from './table.js';
import { time } from './time.js';
import { told } from './details.js';
import { words } from './words.js';

const COLUMNS = [
  {
    name: 'Time (UTC)',
    class: 'when',
    of: (entry) => el('span', { id: 'entry-' + entry.id, tabindex: -1 }, time(entry.at)),
  },
  { name: 'Kind', class: 'tight', of: (entry) => words(entry.kind) },
  { name: 'Who', class: 'tight', of: (entry) => entry.actor },
  { name: 'What', class: 'wide', of: told },
  { name: 'Evidence', class: 'breaks', of: (entry) => links(entry.evidence) },
];

export function timelineTab(panel, incident) {
  const first = getJson(withQuery(incidentPath(incident.id, '/timeline'), { limit: 200 }));
  const loaded = loading(panel, first, timeline);
  return { wish: ({ entry }) => loaded.then(() => point(entry)) };
}

/** To an entry, if it is among what is loaded. */
function point(entry) {
  const row = document.getElementById('entry-' + entry);
  row?.scrollIntoView({ block: 'center' });
  row?.focus();
}

function timeline(first) {
  const entries = [];
  const rows = el('div');
  const show = () => {
    const chosen = entries.filter((entry) => filter.shows(entry.kind));
    put(
      rows,
      chosen.length > 0
        ? table('Timeline, the oldest first', COLUMNS, chosen)
        : nothing('Nothing of these kinds is among what is loaded.'),
    );
  };
  const filter = kindFilter(entries, show);
  const take = (page) => {
    entries.push(...page.entries);
    filter.count();
    show();
  };
  take(first);
  return [filter.element, rows, more(first, take)];
}
