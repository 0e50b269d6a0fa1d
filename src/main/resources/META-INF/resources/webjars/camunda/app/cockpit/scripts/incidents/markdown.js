/**
 * Shows a report of ours as it reads: headings, tables, lists, code, changes, links to what was kept. Anything else in
 * it stays text. Only links into the API become links, and to this program.
 */
import { address } from './api.js';
import { diff } from './diff.js';
import { el, list } from './dom.js';

const INLINE = /\\(.)|\*\*(.+?)\*\*|\[((?:\\.|[^\]\\])*)\]\((?:[a-z]+:[^)\s]*?)?(\/api\/[^)\s]*)\)|&(lt|gt|amp|#\d+);/g;
const ENTITIES = { lt: '<', gt: '>', amp: '&' };

/** Each is given the line it begins with and those that follow, takes what is its own, and makes an element of it. */
const BLOCKS = [
  [/^#{1,3} /, (line) => el('h' + (line.indexOf(' ') + 1), null, inline(line.replace(/^#+ /, '')))],
  [/^```/, code],
  [/^\|/, (line, rest) => rows([line, ...taken(rest, /^\|/)])],
  [/^- /, (line, rest) => list([line, ...taken(rest, /^- /)].map((item) => inline(item.slice(2))))],
  [/\S/, (line) => el('p', null, inline(line))],
];

export function markdown(text) {
  const rest = text.split('\n');
  const made = [];
  while (rest.length > 0) {
    const line = rest.shift();
    const block = BLOCKS.find(([begins]) => begins.test(line));
    if (block) {
      made.push(block[1](line, rest));
    }
  }
  return made;
}

function taken(rest, belongs) {
  const end = rest.findIndex((line) => !belongs.test(line));
  return rest.splice(0, end < 0 ? rest.length : end);
}

function code(fence, rest) {
  const mark = /^`+/.exec(fence)[0];
  const end = rest.indexOf(mark);
  const lines = rest.splice(0, end < 0 ? rest.length : end + 1);
  const text = (end < 0 ? lines : lines.slice(0, -1)).join('\n');
  return fence.endsWith('diff') ? diff(text) : el('pre', { class: 'block' }, text);
}

function rows([head, , ...body]) {
  const names = cells(head);
  return el(
    'div',
    { class: 'table' },
    el(
      'table',
      null,
      names.some(Boolean) &&
        el(
          'thead',
          null,
          el(
            'tr',
            null,
            names.map((name) => el('th', { scope: 'col' }, name)),
          ),
        ),
      el(
        'tbody',
        null,
        body.map((row) =>
          el(
            'tr',
            null,
            cells(row).map((cell) => el('td', null, inline(cell))),
          ),
        ),
      ),
    ),
  );
}

/** A bar that belongs to a cell's text has a backslash before it. */
const cells = (row) =>
  row
    .replace(/^\| ?| ?\|$/g, '')
    .split(/(?<!\\) \| /)
    .map((cell) => cell.trim());

function inline(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(from, found.index), part(found));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

function part([, escaped, strong, name, href, entity]) {
  if (href) {
    return el('a', { href: address(href), download: true }, inline(name));
  }
  if (strong) {
    return el('strong', null, inline(strong));
  }
  return escaped ?? ENTITIES[entity] ?? String.fromCodePoint(Number(entity.slice(1)));
}
