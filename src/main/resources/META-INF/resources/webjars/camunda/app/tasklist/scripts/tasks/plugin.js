/** What Tasklist does besides its own. */
import { inOrder } from './order.js';
import { switchOnAgain } from './refused.js';

let done = false;

/** Drawn once a page is, and again after a login: by then Tasklist's own parts are there. Shows nothing itself. */
const mending = {
  id: 'mending',
  pluginPoint: 'tasklist.navbar.action',
  priority: 1,
  render() {
    if (!done) {
      done = true;
      const tasks = window.angular.element(document.body).injector().get('camAPI').resource('task');
      inOrder(tasks);
      switchOnAgain(tasks);
    }
  },
};

export default [mending];
