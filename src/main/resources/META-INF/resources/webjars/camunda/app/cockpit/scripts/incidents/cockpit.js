/** What is taken from Cockpit itself, which hands out less than its pages need. */
const injector = () => window.angular.element(document.body).injector();

/**
 * Leaves what is behind the ? of an address to the page: without this Cockpit draws the page anew when that changes.
 *
 * @param path as it was registered
 */
export function ownParameters(path) {
  const route = injector().get('$route').routes[path];
  if (route) {
    route.reloadOnSearch = false;
  }
}

let viewer = null;

/**
 * The class of the viewer that Cockpit draws its own diagrams with; nothing is fetched for it. A diagram of Cockpit's
 * has one, and is thrown away: it would write what part of it is seen into the address. Throws where Cockpit has none.
 */
export function viewerClass() {
  viewer ??= found();
  return viewer;
}

function found() {
  const scope = injector().get('$rootScope').$new(true);
  scope.control = {};
  injector().get('$compile')('<div cam-widget-bpmn-viewer control="control"></div>')(scope);
  const { constructor } = scope.control.getViewer();
  scope.$destroy();
  return constructor;
}
