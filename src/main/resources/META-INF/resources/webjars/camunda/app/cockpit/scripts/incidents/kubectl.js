/** Lines to be typed, each with a button that copies it. */
import { button, el, list, put } from './dom.js';

export function kubectl(lines, label = 'The same with kubectl') {
  return lines?.length > 0 ? list(commands(lines).map(line), { class: 'commands', 'aria-label': label }) : null;
}

const HERE = /<<'(\w+)'/;

/** What is typed at once: a document that is handed to a command belongs to it, up to its mark. */
function commands(lines) {
  const found = [];
  let mark = null;
  for (const line of lines) {
    if (mark) {
      found.push(found.pop() + '\n' + line);
    } else {
      found.push(line);
    }
    mark = mark ? (line === mark ? null : mark) : (HERE.exec(line)?.[1] ?? null);
  }
  return found;
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
