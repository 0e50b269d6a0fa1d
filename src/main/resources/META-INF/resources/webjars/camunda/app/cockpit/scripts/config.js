/** What Cockpit loads besides itself. A file that is missing, or that cannot be read, leaves all of Cockpit blank. */

// A part of the page that comes late is waited for: else after seven seconds the page stays blank.
globalThis.require?.config?.({ waitSeconds: 0 });

export default {
  customScripts: ['scripts/incidents/plugin.js'],
};
