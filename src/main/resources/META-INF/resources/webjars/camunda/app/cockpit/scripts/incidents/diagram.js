/** The version of a diagram that ran, with the way that was taken: each element has the colour and sign of its state. */
import { viewerClass } from './cockpit.js';
import { button, el } from './dom.js';
import { nameOf, stateOf } from './passes.js';
import { symbol } from './words.js';

/** Pixels. */
const LOWEST = 180;
const HIGHEST = 420;

/**
 * @param choose is given the id of an element that somebody clicks
 * @return { mark: shows which one is chosen, zoom: its buttons }
 */
export async function diagram(place, run, choose) {
  if (!run.diagram) {
    throw new Error('the engine no longer has the version that ran');
  }
  const Viewer = viewerClass();
  const drawn = new Viewer({ container: place, width: '100%', height: '100%' });
  await drawn.importXML(run.diagram);
  const canvas = drawn.get('canvas');
  fit(place, canvas);
  const shapes = drawn.get('elementRegistry');
  run.elements.filter((one) => shapes.get(one.element)).forEach((one) => sign(drawn, one));
  const line = (marker) => (flow) => shapes.get(flow) && canvas.addMarker(flow, marker);
  run.flows.forEach(line('way-taken'));
  // Several lead from one choice to the same place, and nothing says which of them was taken.
  run.oneOf?.flat().forEach(line('way-perhaps'));
  drawn.get('eventBus').on('element.click', ({ element }) => {
    const clicked = element.labelTarget ?? element;
    if (clicked.parent && !clicked.waypoints) {
      choose(clicked.id);
    }
  });
  // The wheel belongs to the page.
  drawn.get('zoomScroll').toggle(false);
  const chosen = marker(canvas, shapes, canvas.zoom('fit-viewport', 'auto'));
  return { mark: chosen.mark, zoom: zoom(drawn, chosen) };
}

/** As high as the diagram is in this width: what stands below it is in sight too. */
function fit(place, canvas) {
  const { inner } = canvas.viewbox();
  const height = (place.clientWidth * inner.height) / inner.width + 30;
  place.style.height = Math.round(Math.min(Math.max(height, LOWEST), HIGHEST)) + 'px';
  canvas.resized();
}

function sign(drawn, one) {
  const state = stateOf(one);
  const canvas = drawn.get('canvas');
  const shape = drawn.get('elementRegistry').get(one.element);
  canvas.addMarker(one.element, 'way-' + state);
  if (shape.children.some((child) => !child.labelTarget)) {
    canvas.addMarker(one.element, 'way-around');
  }
  const times = one.passes.length > 1 ? ` ${one.passes.length}×` : '';
  drawn.get('overlays').add(one.element, {
    // A gateway has its name above it.
    position: shape.type.endsWith('Gateway') ? { bottom: 10, left: -10 } : { top: -12, left: -12 },
    // Legible also where the whole diagram is in sight.
    scale: { min: 0.55, max: 1 },
    html: el('span', { class: 'way-sign state-' + state, title: nameOf(one) + ': ' + state }, symbol(state) + times),
  });
}

/** @param whole the scale in which all of it is in sight: up to it nothing has to be moved to be seen */
function marker(canvas, shapes, whole) {
  let chosen = null;
  const see = () => chosen && canvas.zoom() > whole && canvas.scrollToElement(chosen, 40);
  return {
    see,
    mark(id) {
      if (chosen) {
        canvas.removeMarker(chosen, 'way-chosen');
      }
      chosen = shapes.get(id) ? id : null;
      if (chosen) {
        canvas.addMarker(chosen, 'way-chosen');
      }
      see();
    },
  };
}

function zoom(drawn, chosen) {
  const by = (step) => () => {
    drawn.get('zoomScroll').stepZoom(step);
    chosen.see();
  };
  const fitting = () => drawn.get('canvas').zoom('fit-viewport', 'auto');
  return [
    button('+', by(2), { 'aria-label': 'Closer' }),
    button('−', by(-2), { 'aria-label': 'Farther' }),
    button('Fit', fitting, { 'aria-label': 'All of it' }),
  ];
}
