// The four figures above the board, each against the day before.

import { byId, element, write } from './dom.js';
import { count, length, hours, seconds } from './format.js';

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

function figure(id, now, before, { say, exact, when = BY_NOW, unknown = `Not known for ${when}` }) {
  const value = byId(id).querySelector('.value');
  write(value, now === null ? '–' : say(now));
  value.dataset.value = now ?? '';
  if (exact) value.title = now === null ? 'No session yet today' : exact(now);
  const against = byId(id).querySelector('.against');
  against.dataset.value = before ?? '';
  const words = before === null ? unknown : `${say(before)} ${when}`;
  const change = changeOf(now, before);
  const known = JSON.stringify([words, change]);
  if (against.dataset.known === known) return;
  against.dataset.known = known;
  against.replaceChildren(...(change ? [element('span', { class: 'change', ...change }), ' '] : []), words);
}

/** How far the figure lies above or below the day before; none where a share would say nothing. */
function changeOf(now, before) {
  if (now === null || !before) return null;
  const percent = Math.round((100 * (now - before)) / before);
  if (percent === 0) return { text: '±0\u00a0%', 'data-way': 'same' };
  const sign = percent > 0 ? '+' : '−';
  return { text: `${sign}${count(Math.abs(percent))}\u00a0%`, 'data-way': percent > 0 ? 'up' : 'down' };
}
