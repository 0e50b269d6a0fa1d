/**
 * The groups of a task in one order, level by level: the engine gives them as it finds them.
 *
 * @param tasks Tasklist's own client of the engine
 */
export function inOrder(tasks) {
  const ask = tasks.get;
  tasks.get = (id, tell) =>
    ask.call(tasks, id, (failed, task) => {
      task?._embedded?.identityLink?.sort((one, other) => place(one) - place(other));
      tell(failed, task);
    });
}

const LEVELS = ['l1', 'l2', 'l3', 'l4'];

/** What is no level comes first: it is for those alone. */
function place(link) {
  return LEVELS.indexOf(link.groupId);
}
