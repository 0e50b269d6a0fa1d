/**
 * Tasklist switches its buttons off when somebody claims a task or gives it back, and on again only once somebody else has
 * it: after a refusal they would stay off until the page is loaded anew.
 *
 * @param tasks Tasklist's own client of the engine
 */
export function switchOnAgain(tasks) {
  for (const act of ['claim', 'unclaim']) {
    const send = tasks[act];
    tasks[act] = (...input) => {
      const tell = input.pop();
      return send.call(tasks, ...input, (refused, ...answer) => {
        tell(refused, ...answer);
        if (refused) {
          switchOn();
        }
      });
    };
  }
}

/** The buttons stand in a part of the page that keeps its own state. */
function switchOn() {
  const part = window.angular.element(document.querySelector('[cam-tasklist-task-meta]')).isolateScope();
  if (part) {
    part.submitInProgress = false;
  }
}
