/** The incident as a page to be read, printed, or kept with a post-mortem. */
import { address, getText, incidentPath } from './api.js';
import { el } from './dom.js';
import { loading } from './loading.js';
import { markdown } from './markdown.js';

export function reportTab(panel, incident) {
  const path = incidentPath(incident.id, '/report');
  const place = el('div');
  panel.append(
    el(
      'p',
      { class: 'pages' },
      el('a', { href: address(path + '.html'), target: '_blank', rel: 'noopener' }, 'Open to print'),
      el('a', { href: address(path + '.md'), download: incident.id + '.md' }, 'Download as Markdown'),
    ),
    place,
  );
  loading(place, getText(path, 'text/markdown'), (text) => el('article', { class: 'report' }, markdown(text)));
}
