// The Session Board: requests the statistics, and shows them as figures, charts and tables.

import * as api from './api.js';
import { chartCard } from './card.js';
import { byId, write } from './dom.js';
import { showFigures } from './figures.js';
import * as format from './format.js';
import { live, statusLine } from './live.js';
import { zoneChoice } from './zone.js';

const status = statusLine(byId('status'));
const dayTip = ({ day, isToday }) => format.day(day) + (isToday ? ', so far' : '');
const byDay = {
  label: ({ day }) => format.shortDay(day),
  title: dayTip,
  everyNth: (width) => (width < 560 ? 7 : 3),
};

const showLengths = chartCard('lengths', {
  lies: true,
  isWhole: true,
  leastTop: 5,
  valueTitle: 'sessions',
  colourOf: ({ to }) => (to === 0 ? 'zero' : 'lengths'),
  label: ({ from, to }) => format.lengthClass(from, to),
  title: ({ from, to }) => format.lengthClass(from, to) + inMinutes(from, to),
  body: ({ value, all }) => `${format.counted(value, 'session')} (${format.share(value, all)})`,
});
const showTotals = chartCard('totals', {
  ...byDay,
  leastTop: 0.1,
  tickUnit: ' h',
  colourOf: () => 'totals',
  body: ({ seconds }) => `${format.hours(seconds)} (${format.seconds(seconds)})`,
});
const showCounts = chartCard('counts', {
  ...byDay,
  isWhole: true,
  leastTop: 5,
  colourOf: () => 'counts',
  body: ({ value, events }) => [format.counted(value, 'session'), format.counted(events, 'event')],
});

function inMinutes(from, to) {
  if (from < 60) return '';
  return to === null ? ` (${format.length(from)})` : ` (${format.length(from)} to ${format.length(to)})`;
}

function lengths({ sessions, medianSeconds, p90Seconds, classes }) {
  for (const [id, seconds] of [['lengths-median', medianSeconds], ['lengths-p90', p90Seconds]]) {
    write(byId(id), seconds === null ? '–' : format.length(seconds, 2));
    byId(id).dataset.value = seconds ?? '';
    write(byId(`${id}-exact`), seconds >= 60 ? format.seconds(seconds) : '');
  }
  write(byId('lengths-sessions'), format.count(sessions));
  const bars = classes.map((one) => ({ from: one.fromSeconds, to: one.toSeconds, value: one.sessions, all: sessions }));
  const rows = bars.map(({ from, to, value, all }) => ({
    key: String(from),
    cells: [{ text: format.lengthClass(from, to) }, { text: format.count(value), value }, { text: format.share(value, all) }],
  }));
  const most = bars.reduce((best, bar) => (bar.value > best.value ? bar : best), bars[0]);
  showLengths(bars, rows, sessions === 0 ? 'No session.' : `Most sessions: ${format.lengthClass(most.from, most.to)}.`);
}

function days(all, today) {
  const marked = all.map((one) => ({ ...one, isToday: one.day === today }));
  const newestFirst = [...marked].reverse();
  const row = (one, ...cells) => ({ key: one.day, cells: [{ text: nameOf(one) }, ...cells] });
  const nameOf = ({ day, isToday }) => format.dayAndYear(day) + (isToday ? ', so far' : '');
  const number = (value) => ({ text: format.count(value), value });
  const most = (key) => marked.reduce((best, one) => (one[key] > best[key] ? one : best), marked[0]);

  const longest = most('totalSeconds');
  showTotals(
    marked.map((one) => ({ day: one.day, isToday: one.isToday, seconds: one.totalSeconds, value: one.totalSeconds / 3600 })),
    newestFirst.map((one) => row(one, { text: format.hoursNumber(one.totalSeconds) }, number(one.totalSeconds))),
    `The most: ${format.hours(longest.totalSeconds)} on ${format.day(longest.day)}.`,
  );
  const busiest = most('sessions');
  showCounts(
    marked.map((one) => ({ day: one.day, isToday: one.isToday, events: one.events, value: one.sessions })),
    newestFirst.map((one) => row(one, number(one.sessions), number(one.events))),
    `The most: ${format.counted(busiest.sessions, 'session')} on ${format.day(busiest.day)}.`,
  );
}

async function empty(answer) {
  const wasHidden = byId('empty').hidden;
  byId('empty').hidden = !answer.isEmpty;
  byId('cards').hidden = answer.isEmpty;
  if (!answer.isEmpty) return;
  write(byId('gap'), format.length(answer.gapSeconds));
  const users = answer.activeUsers.now;
  byId('first-users').hidden = users === 0;
  write(byId('first-users'), `${format.counted(users, 'user is', 'users are')} active now.`);
  if (!wasHidden) return;
  const { configuration } = await api.settings();
  const topic = configuration.find(({ key }) => key === 'events.topic');
  if (topic) write(byId('events-topic'), topic.value);
}

async function refresh() {
  try {
    await zone.ready();
    const asked = zone.chosen;
    const answer = await api.board(asked);
    if (asked !== zone.chosen) return;
    byId('tracking-off').hidden = answer.tracking;
    showFigures(answer);
    lengths(answer.lengths);
    days(answer.days, answer.today);
    await empty(answer);
    status.live(`${format.clock(answer.now, answer.zone)} ${format.zoneHere(answer.zone)}`);
  } catch (refusal) {
    if (!(refusal instanceof api.Refusal)) console.error(refusal);
    status.lost(refusal);
  }
}

const zone = zoneChoice(() => refreshNow());
const refreshNow = live(refresh);
