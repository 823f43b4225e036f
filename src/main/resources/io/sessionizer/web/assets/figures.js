// The four figures above the board, each compared with an earlier day.

import { byId, write } from './dom.js';
import { count, hours, length, seconds, weekdayName } from './format.js';

const DAY_MS = 86_400_000;
/** With fewer, a percentage would reflect chance more than the day. */
const FEWEST_FOR_PERCENT = 20;
const total = (number) => (number < 3600 ? length(number) : hours(number));

/** The choices of the page: the name of an earlier day in the response, and in words. */
const EARLIER = {
  week: { key: 'weekBefore', days: 7, name: (today) => `last ${weekdayName(today)}` },
  yesterday: { key: 'dayBefore', days: 1, name: () => 'yesterday' },
};

/** Shows the figures of a board response, compared with `against`: "week" or "yesterday". */
export function showFigures(answer, against) {
  const { key, days, name } = EARLIER[against];
  const { sessions, activeUsers, medianSeconds, totalSeconds } = answer;
  const isCounted = answer.since !== null && Date.parse(answer.since) <= Date.parse(answer.now) - days * DAY_MS;
  const when = `${name(answer.today)} by this time`;
  const fewest = Math.min(sessions.today, sessions[key]);
  const of = ({ today, ...earlier }) => [today, isCounted ? earlier[key] : null];

  figure('sessions-today', of(sessions), { format: count, when, isCount: true });
  figure('active-users', [activeUsers.now, activeUsers[key]], { format: count, when: when.replace('by', 'at'), isCount: true });
  figure('median', of(medianSeconds), {
    format: (number) => length(number, 2),
    exact: seconds,
    when,
    fewest,
    unknown: isCounted ? `No session ${when}` : undefined,
  });
  figure('total', of(totalSeconds), { format: total, exact: seconds, when, fewest });
}

function figure(id, [now, before], { format, exact, when, unknown = `Not counted ${when}`, ...rest }) {
  const part = (name) => byId(id).querySelector(`.${name}`);
  write(part('value'), now === null ? '–' : format(now));
  part('value').dataset.value = now ?? '';
  part('exact').hidden = !exact || now === null || now < 60;
  write(part('exact'), part('exact').hidden ? '' : exact(now));
  part('against').dataset.value = before ?? '';
  write(part('against'), before === null ? unknown : `${format(before)} ${when}`);
  showChange(part('change'), now, before, rest);
}

/**
 * How far the figure is above or below that of the earlier day. More sessions are good; longer ones need not be, so only counts
 * are coloured.
 */
function showChange(node, now, before, { isCount, fewest = Math.min(now, before) }) {
  const isKnown = now !== null && before !== null;
  const isEnough = isKnown && before > 0 && fewest >= FEWEST_FOR_PERCENT;
  node.hidden = !isKnown || (!isEnough && (!isCount || now === before));
  node.dataset.way = !isCount || now === before ? 'same' : now > before ? 'up' : 'down';
  write(node, isEnough ? percentage(now, before) : difference(now, before));
}

const difference = (now, before) => `${count(Math.abs(now - before))} ${now > before ? 'more' : 'fewer'}`;

function percentage(now, before) {
  const percent = Math.round((100 * (now - before)) / before);
  const sign = percent === 0 ? '±' : percent > 0 ? '+' : '−';
  return `${sign}${count(Math.abs(percent))}\u00a0%`;
}
