/** The form that searches. What it holds stands in the address. */
import { el } from './dom.js';

const FILTERS = [
  {
    name: 'state',
    label: 'State',
    choices: [
      ['', 'any'],
      ['open', 'open'],
      ['closed', 'closed'],
    ],
  },
  {
    name: 'severity',
    label: 'Severity',
    choices: [
      ['', 'any'],
      ['critical', 'critical'],
      ['warning', 'warning'],
      ['info', 'info'],
      ['unknown', 'unknown'],
    ],
  },
  { name: 'number', label: 'Number', hint: 'INC-7' },
  { name: 'service', label: 'Service', hint: 'begins with' },
  { name: 'namespace', label: 'Namespace' },
  { name: 'runbook', label: 'Runbook', hint: 'service-down' },
  { name: 'person', label: 'Person', hint: 'user id' },
  { name: 'from', label: 'Opened from (UTC)', hint: '2026-11-24 03:00', time: true },
  { name: 'to', label: 'until (UTC)', hint: '2026-11-25', time: true },
];

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?Z?)?$/;

/** @param search is given the filters that are set */
export function filterForm(set, search) {
  return el(
    'form',
    {
      class: 'filters',
      role: 'search',
      'aria-label': 'Search incidents',
      onsubmit: (event) => {
        event.preventDefault();
        search(filled(event.target));
      },
    },
    FILTERS.map((filter) => field(filter, set[filter.name] ?? '')),
    el(
      'div',
      { class: 'filters-do' },
      el('button', { class: 'btn btn-primary' }, 'Search'),
      el('a', { href: '#/incidents' }, 'Clear'),
    ),
  );
}

function field(filter, value) {
  return el(
    'label',
    { class: 'filter-' + filter.name },
    el('span', null, filter.label),
    filter.choices ? choice(filter, value) : text(filter, value),
  );
}

function choice({ name, choices }, value) {
  return el(
    'select',
    { name },
    choices.map(([given, shown]) => el('option', { value: given, selected: given === value }, shown)),
  );
}

function text({ name, hint, time }, value) {
  const input = el('input', {
    name,
    placeholder: hint,
    value: time ? value.replace('T', ' ').replace(/(:00)?Z$/, '') : value,
    autocomplete: 'off',
  });
  if (time) {
    input.addEventListener('input', () =>
      input.setCustomValidity(input.value && !instant(input.value) ? 'Write it as 2026-11-24 03:00, in UTC.' : ''),
    );
  }
  return input;
}

function filled(form) {
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  return { ...given, number: given.number.toUpperCase(), from: instant(given.from), to: instant(given.to) };
}

/** 2026-11-24 03:00 → 2026-11-24T03:00:00Z; a day alone is its beginning; empty for what is no time. */
function instant(text) {
  const [, day, minute = '00:00', second = ':00'] = TIME.exec((text ?? '').trim()) ?? [];
  const at = day + 'T' + minute + second + 'Z';
  return day && !Number.isNaN(Date.parse(at)) ? at : '';
}
