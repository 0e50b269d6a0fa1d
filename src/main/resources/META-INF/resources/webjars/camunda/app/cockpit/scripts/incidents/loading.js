/** A place that waits for an answer: says that it does, then shows the answer or what went wrong. */
import { button, el, put } from './dom.js';

/** @param show makes of the answer what stands there then; not asked when somebody has gone elsewhere meanwhile */
export async function loading(place, answer, show, what = 'Loading') {
  const wait = el('p', { class: 'quiet', role: 'status' }, what + ' …');
  put(place, wait);
  const stillHere = () => place.isConnected && wait.parentNode === place;
  try {
    const given = await answer;
    if (stillHere()) {
      put(place, await show(given));
    }
  } catch (problem) {
    if (stillHere()) {
      put(place, failure(problem));
    }
  }
}

export function failure(problem) {
  return el(
    'div',
    { class: 'failure', role: 'alert' },
    el(
      'p',
      null,
      el('strong', null, title(problem)),
      ' ',
      told(problem),
    ),
    el(
      'p',
      null,
      button(again(problem), () => location.reload()),
    ),
  );
}

function told({ status, message }) {
  switch (status) {
    case 401:
      return 'Nothing is lost: you come back to this page.';
    case 403:
      return (
        'To read incidents takes the group “auditor”, or one of those that work them. Ask an administrator to add you:' +
        ' in Admin, under Users. Then try again; you need not log in anew.'
      );
    default:
      return message;
  }
}

function title(problem) {
  switch (problem.status) {
    case 400:
      return 'This cannot be asked.';
    case 401:
      return 'Your session has ended.';
    case 403:
      return 'You may not see this.';
    case 404:
      return 'There is no such thing.';
    default:
      return 'This could not be loaded.';
  }
}

const again = (problem) => (problem.status === 401 ? 'Log in again' : 'Try again');

export const nothing = (why) => el('p', { class: 'quiet' }, why);
