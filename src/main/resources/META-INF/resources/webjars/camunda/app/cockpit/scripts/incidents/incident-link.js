/** To the page of an incident. */
import { hash } from './address.js';
import { el } from './dom.js';

export const incidentLink = (id) => (id ? el('a', { href: hash('/incidents/' + id) }, id) : null);
