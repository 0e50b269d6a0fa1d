/** Times as they are written on these pages: UTC, ISO 8601, to the second; durations in words. */
import { el } from './dom.js';

const UNITS = [
  ['d', 86400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** 2026-11-24 03:00:00; UTC stands in the column's or the page's head, and in what a pointer shows. */
export function time(at) {
  return at ? el('time', { datetime: at, title: at + ' (UTC)' }, utc(at)) : null;
}

export function utc(at) {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** 03:00:00 */
export const clock = (at) => el('time', { datetime: at, title: at + ' (UTC)' }, utc(at).slice(11));

/** From one to the other, at most two units: 1 h 5 min; null while one of them is not known. */
export function between(from, to) {
  return from && to ? inWords((new Date(to) - new Date(from)) / 1000) : null;
}

/** @param seconds may be a fraction */
export function inWords(seconds) {
  if (seconds < 10) {
    return Math.max(0, seconds).toFixed(1) + '\u00a0s';
  }
  let rest = Math.floor(seconds);
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [count, unit];
  });
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => count + '\u00a0' + unit)
    .join(' ');
}

/** Of an ISO 8601 duration as the API writes it: PT1H4M3.5S. */
export function seconds(duration) {
  const [, hours, minutes, rest] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration);
  return 3600 * (hours ?? 0) + 60 * (minutes ?? 0) + Number(rest ?? 0);
}
