// The four figures above the board, each against the day before.

import { byId, write } from './dom.js';
import { count, hours, length, seconds } from './format.js';

const BY_NOW = 'yesterday by this time';
const total = (number) => (number < 3600 ? length(number) : hours(number));

/** Writes the figures of a board's answer. */
export function showFigures({ sessions, activeUsers, medianSeconds, totalSeconds }) {
  figure('sessions-today', sessions.today, sessions.dayBefore, { say: count });
  figure('active-users', activeUsers.now, activeUsers.dayBefore, { say: count, when: 'yesterday at this time' });
  figure('median', medianSeconds.today, medianSeconds.dayBefore, {
    say: (number) => length(number, 2),
    exact: seconds,
    unknown: `No session ${BY_NOW}`,
  });
  figure('total', totalSeconds.today, totalSeconds.dayBefore, { say: total, exact: seconds });
}

function figure(id, now, before, { say, exact, when = BY_NOW, unknown = 'Yesterday’s is not known' }) {
  const value = byId(id).querySelector('.value');
  write(value, now === null ? '–' : say(now));
  value.dataset.value = now ?? '';
  if (exact) value.title = now === null ? 'No session yet today' : exact(now);
  const against = byId(id).querySelector('.against');
  against.dataset.value = before ?? '';
  write(against, before === null ? unknown : `${say(before)} ${when}`);
  showChange(byId(id).querySelector('.change'), now, before);
}

/** How far the figure lies above or below the day before; nothing where a share would say nothing. */
function showChange(node, now, before) {
  node.hidden = now === null || !before;
  if (node.hidden) return;
  const percent = Math.round((100 * (now - before)) / before);
  const sign = percent === 0 ? '±' : percent > 0 ? '+' : '−';
  node.dataset.way = percent === 0 ? 'same' : percent > 0 ? 'up' : 'down';
  write(node, `${sign}${count(Math.abs(percent))}\u00a0%`);
}
