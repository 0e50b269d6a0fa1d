/** What an element of a diagram did: one card for each time the way came by. */
import { button, el, facts } from './dom.js';
import { links } from './evidence-link.js';
import { kubectl } from './kubectl.js';
import { nothing } from './loading.js';
import { between, clock, time } from './time.js';
import { state, words } from './words.js';

const WORST = ['failed', 'running', 'cancelled', 'completed'];

/** Of several passes the one that most wants to be seen. */
export const stateOf = (one) => WORST.find((state) => one.passes.some((pass) => pass.state === state)) ?? 'completed';

/** What has no name in the model is told by what it is. */
const UNNAMED = { eventBasedGateway: 'Wait for one of several events' };

export const nameOf = (one) => one.name ?? UNNAMED[one.type] ?? words(one.type);

/** @param open is given the id of a called instance @param entry is given the id of an entry of the timeline */
export function passes(one, open, entry) {
  return [el('h2', null, nameOf(one)), one.passes.map((pass, i) => card(pass, i, one.passes.length, open, entry))];
}

export const untouched = () => nothing('The way did not come by here.');

function card(pass, i, count, open, entry) {
  return el(
    'article',
    { class: 'card' },
    el(
      'p',
      null,
      state(pass.state),
      count > 1 && ` time ${i + 1} of ${count}: `,
      ' ',
      el('strong', null, pass.summary ?? ''),
      pass.event && ' ' + ended(pass),
    ),
    facts([
      ['From (UTC)', time(pass.startedAt)],
      ['To (UTC)', pass.endedAt && clock(pass.endedAt)],
      ['Took', between(pass.startedAt, pass.endedAt)],
      ['Outcome', words(pass.outcome)],
      ['By', pass.actor],
    ]),
    kubectl(pass.kubectl),
    pass.evidence?.length > 0 && [el('h3', null, 'Evidence'), links(pass.evidence)],
    el(
      'p',
      { class: 'pages' },
      pass.called && button('Open what it called', () => open(pass.called)),
      pass.entry && button('Show in the timeline', () => entry(pass.entry)),
    ),
  );
}

/** What was waited for came, or something came between. */
const ended = ({ state, event }) => (state === 'completed' ? `“${event}” came first.` : `Interrupted by “${event}”.`);
