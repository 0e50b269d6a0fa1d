/** A kept output as a link that downloads it: it holds whatever a container printed, and is never shown as a page. */
import { address } from './api.js';
import { el, list } from './dom.js';
import { size } from './words.js';

export function link(kept) {
  return el('a', { href: address(kept.href), download: kept.name, title: kept.source }, kept.name);
}

export function links(evidence) {
  return evidence?.length > 0 ? list(evidence.map(sized), { class: 'kept' }) : null;
}

const sized = (kept) => [link(kept), ' ', el('span', { class: 'quiet' }, size(kept.size))];
