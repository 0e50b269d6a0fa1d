/** A small plot of the weeks: p50 and p90, each a line that is broken where a week has no figure. In words for whoever does not see it. */
import { svg } from './dom.js';
import { inWords, seconds, utc } from './time.js';

const WIDTH = 132;
const HEIGHT = 34;
const MARGIN = 4;
const WEEK = 604_800_000;

/** @param series weeks, the oldest first @param field acknowledge or resolve */
export function plot(title, series, field) {
  const weeks = series.filter((week) => week[field].max);
  if (weeks.length === 0) {
    return null;
  }
  const first = new Date(weeks[0].at);
  const place = (week) => Math.round((new Date(week.at) - first) / WEEK);
  const last = Math.max(1, place(weeks.at(-1)));
  const top = Math.max(1, ...weeks.map((week) => seconds(week[field].p90)));
  const x = (week) => MARGIN + (place(week) / last) * (WIDTH - 2 * MARGIN);
  const y = (length) => HEIGHT - MARGIN - (length / top) * (HEIGHT - 2 * MARGIN);
  const points = (percentile) => weeks.map((week) => ({ place: place(week), x: x(week), y: y(seconds(week[field][percentile])) }));
  return svg(
    'svg',
    { class: 'plot', width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': inText(title, weeks, field) },
    svg('title', null, inText(title, weeks, field)),
    svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1 }),
    line('line-p90', points('p90')),
    line('line-p50', points('p50')),
  );
}

function line(kind, points) {
  return svg(
    'g',
    { class: kind },
    svg('path', { d: points.map(step).join('') }),
    points.map(({ x, y }) => svg('circle', { cx: x, cy: y, r: 2 })),
  );
}

const step = (point, index, all) =>
  (index > 0 && all[index - 1].place === point.place - 1 ? 'L' : 'M') + point.x.toFixed(1) + ' ' + point.y.toFixed(1);

function inText(title, weeks, field) {
  return (
    title +
    ': ' +
    weeks
      .map((week) => `week of ${utc(week.at).slice(0, 10)}: p50 ${inWords(seconds(week[field].p50))}, p90 ${inWords(seconds(week[field].p90))}`)
      .join('; ')
  );
}
