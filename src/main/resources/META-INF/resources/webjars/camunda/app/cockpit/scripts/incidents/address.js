/** What stands behind the # of the address: which page, and what is asked of it. Whoever is sent it sees the same. */

/** What is behind the ?; Cockpit's own diagrams leave a viewbox there, which is none of ours. */
export function parameters() {
  const found = new URLSearchParams(location.hash.split('?')[1] ?? '');
  found.delete('viewbox');
  return Object.fromEntries(found);
}

/** The part of the path with this number: of #/incidents/INC-1 the first is INC-1. */
export function segment(number, of = location.hash) {
  return decodeURIComponent(of.slice(1).split('?')[0].split('/')[number + 1] ?? '');
}

export function hash(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
  return '#' + path + (query ? '?' + query : '');
}

/** Writes what is shown now into the address, without going anywhere. */
export function note(changed) {
  const path = location.hash.slice(1).split('?')[0];
  history.replaceState(history.state, '', hash(path, { ...parameters(), ...changed }));
}
