/** A table whose rows can be links: the link stands in one cell and covers the row: one stop of the Tab key. */
import { el } from './dom.js';

/**
 * @param caption what the table holds, for those who do not see it
 * @param columns { name, of: what a row shows in it, class, head: whether it names the row }
 */
export function table(caption, columns, rows) {
  return el(
    'div',
    { class: 'table' },
    el(
      'table',
      null,
      el('caption', { class: 'unseen' }, caption),
      el(
        'thead',
        null,
        el(
          'tr',
          null,
          columns.map((column) => el('th', { scope: 'col', class: column.class }, column.name)),
        ),
      ),
      el(
        'tbody',
        null,
        rows.map((row) =>
          el(
            'tr',
            null,
            columns.map((column) => cell(column, row)),
          ),
        ),
      ),
    ),
  );
}

function cell(column, row) {
  const head = column.head === true;
  return el(head ? 'th' : 'td', { class: column.class, scope: head ? 'row' : null }, column.of(row));
}

/** The link of its row. */
export const rowLink = (href, text, label) => el('a', { href, class: 'row-link', 'aria-label': label }, text);
