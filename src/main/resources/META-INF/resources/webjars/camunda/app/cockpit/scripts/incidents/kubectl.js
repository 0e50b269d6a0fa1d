/** Lines to be typed, each with a button that copies it. */
import { button, el, list, put } from './dom.js';

export function kubectl(lines) {
  return lines?.length > 0 ? list(lines.map(line), { class: 'commands', 'aria-label': 'The same with kubectl' }) : null;
}

function line(text) {
  const code = el('code', null, text);
  const copying = button('Copy', () => copy(text, code, copying), { class: 'copy', 'aria-label': 'Copy ' + text });
  return [code, copying];
}

/** Over plain HTTP a browser gives a page no clipboard: then the line is selected, to be copied by hand. */
async function copy(text, code, button) {
  try {
    await navigator.clipboard.writeText(text);
    put(button, 'Copied');
  } catch (refused) {
    getSelection().selectAllChildren(code);
    put(button, 'Selected: press Ctrl+C');
  }
}
