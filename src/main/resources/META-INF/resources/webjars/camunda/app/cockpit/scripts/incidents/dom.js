/**
 * Makes elements. What is shown comes from alerts, containers and people: it becomes text, never markup. There is no
 * way in here to hand over HTML.
 */
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param attributes a function is a listener (onclick), true an attribute without a value; null and false are left out
 * @param children nodes, texts, lists of them; null and false are left out
 */
export function el(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Puts these in the place of all that was in it. */
export function put(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

export const list = (items, attributes, tag = 'ul') =>
  el(
    tag,
    attributes,
    items.map((item) => el('li', null, item)),
  );

export const button = (text, onclick, attributes) =>
  el('button', { type: 'button', class: 'btn btn-default', onclick, ...attributes }, text);

/** The head of a page; where the focus has gone with the page before, a keyboard goes on from here. */
export function pageHead(...children) {
  const head = el('h1', { tabindex: -1 }, children);
  requestAnimationFrame(() => document.activeElement === document.body && head.focus({ preventScroll: true }));
  return head;
}

/** Terms and what they are, as a description list; a term without a value is left out. */
export function facts(pairs) {
  return el(
    'dl',
    { class: 'facts' },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([term, value]) => el('div', null, el('dt', null, term), el('dd', null, value))),
  );
}
