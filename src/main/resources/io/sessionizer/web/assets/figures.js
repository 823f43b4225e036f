// The four figures above the board, each against the day before.

import { byId, write } from './dom.js';
import { count, hours, length, seconds } from './format.js';

const BY_NOW = 'yesterday by this time';
const total = (number) => (number < 3600 ? length(number) : hours(number));

/** Writes the figures of a board's answer. */
export function showFigures({ sessions, activeUsers, medianSeconds, totalSeconds }) {
  figure('sessions-today', sessions.today, sessions.dayBefore, { format: count });
  figure('active-users', activeUsers.now, activeUsers.dayBefore, { format: count, when: 'yesterday at this time' });
  figure('median', medianSeconds.today, medianSeconds.dayBefore, {
    format: (number) => length(number, 2),
    exact: seconds,
    unknown: `No session ${BY_NOW}`,
  });
  figure('total', totalSeconds.today, totalSeconds.dayBefore, { format: total, exact: seconds });
}

function figure(id, now, before, { format, exact, when = BY_NOW, unknown = 'Yesterday’s is not known' }) {
  const value = byId(id).querySelector('.value');
  write(value, now === null ? '–' : format(now));
  value.dataset.value = now ?? '';
  if (exact) value.title = now === null ? 'No session yet today' : exact(now);
  const against = byId(id).querySelector('.against');
  against.dataset.value = before ?? '';
  write(against, before === null ? unknown : `${format(before)} ${when}`);
  showChange(byId(id).querySelector('.change'), now, before);
}

/** How far the figure is above or below the day before; empty where a percentage would mean nothing. */
function showChange(node, now, before) {
  node.hidden = now === null || !before;
  if (node.hidden) return;
  const percent = Math.round((100 * (now - before)) / before);
  const sign = percent === 0 ? '±' : percent > 0 ? '+' : '−';
  node.dataset.way = percent === 0 ? 'same' : percent > 0 ? 'up' : 'down';
  write(node, `${sign}${count(Math.abs(percent))}\u00a0%`);
}
