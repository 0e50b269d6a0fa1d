/** What Tasklist is told besides its own. A file that is missing, or that cannot be read, leaves all of Tasklist blank. */

// A part of the page that comes late is waited for: else after seven seconds the page stays blank.
globalThis.require?.config?.({ waitSeconds: 0 });

export default {
  customScripts: ['scripts/tasks/plugin.js'],
  shortcuts: {
    claimTask: { key: 'ctrl+alt+c', description: 'claims the task that is open' },
    focusFilter: { key: 'ctrl+shift+f', description: 'goes to the first filter' },
    focusList: { key: 'ctrl+alt+l', description: 'goes to the first task of the list' },
    focusForm: { key: 'ctrl+alt+f', description: 'goes to the first field of the form' },
    startProcess: { key: 'ctrl+alt+p', description: 'opens the dialog that starts a process' },
  },
};
