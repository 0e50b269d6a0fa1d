/** A button that loads the next page of something that the server pages. */
import { getJson } from './api.js';
import { button, el, put } from './dom.js';
import { failure } from './loading.js';

/** @param take is given each further page */
export function more(first, take) {
  let { next } = first;
  const problem = el('div');
  const place = el('div', { class: 'pages' });
  const further = button('Load more', load);
  async function load() {
    further.disabled = true;
    try {
      const page = await getJson(next);
      next = page.next;
      take(page);
      put(problem);
    } catch (failed) {
      put(problem, failure(failed));
    }
    further.disabled = false;
    show();
  }
  const show = () =>
    put(
      place,
      next
        ? [further, el('span', { class: 'quiet' }, 'There is more.')]
        : el('span', { class: 'quiet' }, 'This is all.'),
    );
  show();
  return [problem, place];
}
