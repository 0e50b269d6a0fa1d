/** Asks the program's API with the session that Cockpit has. */
const root = document
  .querySelector('base')
  .getAttribute('app-root')
  .replace(/\/camunda$/, '');

/** What went wrong, in the API's words where it has some. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** @param path as the API gives it: /api/… */
export const address = (path) => (String(path).startsWith('/api/') ? root + path : '#');

export const getJson = async (path) => (await answer(address(path), 'application/json')).json();

export const getText = async (path, type) => (await answer(address(path), type)).text();

/** From the engine's REST API of the web app. */
export const engineJson = async (api, path) => (await answer(api.engineApi + path, 'application/json')).json();

export function incidentPath(id, rest = '') {
  return '/api/incidents/' + encodeURIComponent(id) + rest;
}

/** Parameters without a value are left out. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
  return query ? path + '?' + query : path;
}

async function answer(url, type) {
  let response;
  try {
    response = await fetch(url, {
      credentials: 'same-origin',
      cache: 'no-store',
      // By this the program knows a page, and does not have the browser ask for a password.
      headers: { Accept: type + ', application/problem+json', 'X-Requested-With': 'XMLHttpRequest' },
    });
  } catch (unreachable) {
    throw new Problem(0, 'The program does not answer. It may be restarting: try again in a minute.');
  }
  if (!response.ok) {
    throw new Problem(response.status, await detail(response));
  }
  return response;
}

async function detail(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.message ?? problem.title ?? 'It gave no reason.';
  } catch (noJson) {
    return 'It gave no reason.';
  }
}
