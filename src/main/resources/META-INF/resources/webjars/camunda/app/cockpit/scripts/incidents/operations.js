/** What whoever is responsible looks at: stuck work first if there is any, then what is open, leases, times, runbook lines. */
import { getJson } from './api.js';
import { el, pageHead, put } from './dom.js';
import { failure, loading } from './loading.js';
import { leases } from './operations-leases.js';
import { lines } from './operations-lines.js';
import { open } from './operations-open.js';
import { stuck } from './operations-stuck.js';
import { times } from './operations-times.js';
import { time } from './time.js';
import { whileSeen } from './while-seen.js';

const PATH = '/api/operations';
const EVERY = 30_000;

/** @returns what is to be done when the page is left */
export function operationsPage(node) {
  const news = el('p', { class: 'quiet', role: 'status' });
  const place = el('div');
  const below = el('div');
  node.append(pageHead('Operations'), news, place, below);
  const seen = { operations: null };
  const show = (operations) => {
    seen.operations = operations;
    put(news, 'As of ', time(operations.at), ' UTC; asked again every 30 s while this page is seen.');
    return sections(operations);
  };
  loading(place, getJson(PATH), show);
  loading(below, getJson(PATH + '/lines'), (answer) => lines(answer.lines), 'Counting which lines of the runbook were worked');
  return whileSeen(() => refresh(place, news, seen, show), EVERY);
}

/** What is looked at stays: a table that is the same is not drawn anew under a reader's eyes. */
async function refresh(place, news, seen, show) {
  try {
    const operations = await getJson(PATH);
    const same = JSON.stringify({ ...operations, at: 0 }) === JSON.stringify({ ...seen.operations, at: 0 });
    const focused = focusedLink(place);
    if (same && seen.operations) {
      show(operations);
    } else {
      put(place, show(operations));
      focusAgain(place, focused);
    }
  } catch (problem) {
    if (seen.operations) {
      put(news, el('strong', { class: 'failed-refresh' }, '! Not asked again: '), problem.message, ' What stands here is of ', time(seen.operations.at), ' UTC.');
    } else {
      put(place, failure(problem));
    }
  }
}

function sections(operations) {
  const trouble = operations.stuck.length > 0;
  return [
    trouble && stuck(operations.stuck),
    open(operations.open),
    leases(operations.leases, operations.at),
    times(operations.times),
    !trouble && stuck(operations.stuck),
  ];
}

const focusedLink = (place) => (place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null);

function focusAgain(place, href) {
  if (href) {
    place.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
  }
}
