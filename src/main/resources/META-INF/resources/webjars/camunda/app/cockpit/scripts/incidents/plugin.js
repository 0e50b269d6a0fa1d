/** Registers the pages in Cockpit; what is on them is in the other files. A page more is a line more. */
import { el } from './dom.js';
import { listPage } from './list.js';
import { incidentPage } from './incident.js';
import { instanceTab } from './instance-tab.js';
import { operationsPage } from './operations.js';

const pages = [
  { id: 'incidents', path: '/incidents', nav: 'Incidents', show: listPage },
  { id: 'incident', path: '/incidents/:id', show: incidentPage },
  { id: 'operations', path: '/operations', nav: 'Operations', show: operationsPage },
];

const style = el('link', { rel: 'stylesheet', href: new URL('./incidents.css', import.meta.url).href });
document.head.append(style);

/** @param show draws the page into a node, and returns what is to be done when it is left, if anything */
function route({ id, path, show }) {
  let leave = null;
  return {
    id: id + '-page',
    pluginPoint: 'cockpit.route',
    properties: { path },
    render(node, { api }) {
      node.className = 'incidents-page';
      leave = show(node, api);
    },
    unmount() {
      leave?.();
      leave = null;
    },
  };
}

function entry({ id, path, nav }) {
  return {
    id,
    pluginPoint: 'cockpit.navigation',
    priority: 1,
    properties: { path },
    render: (node) => node.append(el('a', { href: '#' + path }, nav)),
  };
}

const tab = {
  id: 'incident-of-instance',
  pluginPoint: 'cockpit.processInstance.runtime.tab',
  priority: 20,
  properties: { label: 'Incident' },
  render(node, { api, processInstanceId }) {
    node.className = 'incidents-page';
    instanceTab(node, api, processInstanceId);
  },
};

export default [...pages.map(route), ...pages.filter((page) => page.nav).map(entry), tab];
