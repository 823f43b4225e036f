// The Session Board: requests the statistics, and shows them as figures, charts and tables.

import * as api from './api.js';
import { chartCard } from './card.js';
import { byId, write } from './dom.js';
import { showFigures } from './figures.js';
import * as format from './format.js';
import { live, statusLine } from './live.js';
import * as service from './service.js';
import { zoneChoice } from './zone.js';

const NARROW = 420;
const status = statusLine(byId('status'));
const against = byId('against');

const ifCounted = (words) => (bar) => (bar.isCounted ? words(bar) : 'not counted');
const byDay = {
  label: ({ day }, width) => (width < NARROW ? format.shortDay(day) : format.day(day)),
  hasLabel: ({ day }) => format.weekday(day) === 1,
  bandOf: ({ day, isCounted }) => (!isCounted ? 'uncounted' : format.weekday(day) % 6 === 0 ? 'weekend' : null),
  title: ({ day, isToday }) => format.day(day) + (isToday ? ', so far' : ''),
};

const showLengths = chartCard('lengths', {
  isHorizontal: true,
  isWhole: true,
  leastTop: 5,
  colourOf: ({ to }) => (to === 0 ? 'zero' : 'lengths'),
  label: ({ from, to }, width) => format.lengthName(from, to) + (to === 0 && width >= NARROW ? ' (one moment)' : ''),
  title: ({ from, to }) => inSeconds(from, to) + inMinutes(from, to),
  body: ({ value, all }) => `${format.counted(value, 'session')} (${format.share(value, all)})`,
  endLabel: ({ value, all }) => (value === 0 ? '0' : `${format.tick(value)} · ${format.share(value, all)}`),
});
const showTotals = chartCard('totals', {
  ...byDay,
  leastTop: 0.1,
  tickUnit: ' h',
  colourOf: () => 'totals',
  body: ifCounted(({ seconds }) => `${format.hours(seconds)} (${format.seconds(seconds)})`),
});
const showCounts = chartCard('counts', {
  ...byDay,
  isWhole: true,
  leastTop: 5,
  colourOf: () => 'counts',
  body: ifCounted(({ value, events }) => [format.counted(value, 'session'), format.counted(events, 'event')]),
});
const showTypical = chartCard('typical', {
  ...byDay,
  leastTop: 0.1,
  tickUnit: ' min',
  colourOf: () => 'lengths',
  body: ifCounted(({ median, p90 }) =>
    median === null ? 'No session' : [`Median ${format.length(median)}`, `90th percentile ${format.length(p90)}`]),
});

const inSeconds = (from, to) => (to === 0 ? `0\u00a0s: a single event, or several at one moment` : format.lengthClass(from, to));

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
    cells: [{ text: inSeconds(from, to) }, { text: format.count(value), value }, { text: format.share(value, all) }],
  }));
  const most = bars.reduce((best, bar) => (bar.value > best.value ? bar : best), bars[0]);
  showLengths(bars, rows, sessions === 0 ? 'No session.' : `Most sessions: ${format.lengthName(most.from, most.to)}.`);
}

function days({ days: all, today, since, zone: name }) {
  const firstDay = since && format.dayOf(since, name);
  const marked = all.map((one) => ({ ...one, isToday: one.day === today, isCounted: firstDay !== null && one.day >= firstDay }));
  const nameOf = ({ day, isToday, isCounted }) => format.dayAndYear(day) + (isToday ? ', so far' : '') + (isCounted ? '' : ', not counted');
  const most = (key) => marked.reduce((best, one) => (one[key] > best[key] ? one : best), marked[0]);
  const number = (value) => ({ text: format.count(value), value });
  const show = (showCard, valueOf, cellsOf, sentence) =>
    showCard(
      marked.map((one) => ({ ...valueOf(one), day: one.day, isToday: one.isToday, isCounted: one.isCounted })),
      [...marked].reverse().map((one) => ({ key: one.day, cells: [{ text: nameOf(one) }, ...cellsOf(one)] })),
      sentence,
    );

  const busiest = most('sessions');
  show(
    showCounts,
    ({ sessions, events }) => ({ value: sessions, events }),
    ({ sessions, events }) => [number(sessions), number(events)],
    `The most: ${format.counted(busiest.sessions, 'session')} on ${format.day(busiest.day)}.`,
  );
  const longest = most('totalSeconds');
  show(
    showTotals,
    ({ totalSeconds }) => ({ value: totalSeconds / 3600, seconds: totalSeconds }),
    ({ totalSeconds }) => [{ text: format.hoursNumber(totalSeconds) }, number(totalSeconds)],
    `The most: ${format.hours(longest.totalSeconds)} on ${format.day(longest.day)}.`,
  );
  const lengthCells = (seconds) =>
    seconds === null ? [{ text: '–' }, { text: '–', value: '' }] : [{ text: format.length(seconds) }, number(seconds)];
  const highest = most('medianSeconds');
  show(
    showTypical,
    ({ medianSeconds, p90Seconds }) => ({ value: medianSeconds / 60, median: medianSeconds, p90: p90Seconds }),
    ({ medianSeconds, p90Seconds }) => [...lengthCells(medianSeconds), ...lengthCells(p90Seconds)],
    `The longest median: ${format.length(highest.medianSeconds ?? 0)} on ${format.day(highest.day)}.`,
  );
}

function uncounted(reason) {
  byId('uncounted').hidden = reason === null;
  if (reason === null) return;
  write(byId('uncounted-part'), reason.part);
  write(byId('uncounted-value'), reason.value);
  write(byId('uncounted-field'), reason.settings[0]);
  write(byId('uncounted-list'), reason.settings[1]);
}

function empty({ since, gapSeconds, activeUsers }, settings) {
  const isEmpty = since === null;
  byId('empty').hidden = !isEmpty;
  byId('cards').hidden = isEmpty;
  if (!isEmpty) return;
  write(byId('gap'), format.length(gapSeconds));
  byId('first-users').hidden = activeUsers.now === 0;
  write(byId('first-users'), `${format.counted(activeUsers.now, 'user is', 'users are')} active now.`);
  write(byId('events-topic'), service.valueOf(settings, 'events.topic') ?? 'events');
}

async function refresh() {
  try {
    await zone.ready();
    const asked = zone.chosen;
    const answer = await api.board(asked);
    const settings = await service.settings();
    if (asked !== zone.chosen) return;
    service.showService(settings);
    byId('tracking-off').hidden = answer.tracking;
    uncounted(answer.nearlyAllUncounted);
    showFigures(answer, against.value);
    lengths(answer.lengths);
    days(answer);
    empty(answer, settings);
    write(byId('since'), answer.since ? `Sessions counted since ${format.time(answer.since, answer.zone)}` : '');
    const isKnownHere = format.zoneHere(answer.zone) === answer.zone;
    status.live(format.clock(answer.now, answer.zone) + (isKnownHere ? '' : ' UTC'));
  } catch (refusal) {
    if (!(refusal instanceof api.Refusal)) console.error(refusal);
    status.lost(refusal);
  }
}

/** The choice is kept in the address, as the zone is. */
function compare() {
  const here = new URL(location.href);
  if (against.value === 'yesterday') here.searchParams.set('against', 'yesterday');
  else here.searchParams.delete('against');
  history.replaceState(null, '', here);
  updates.refresh();
}

against.value = new URLSearchParams(location.search).get('against') === 'yesterday' ? 'yesterday' : 'week';
against.addEventListener('change', compare);
const zone = zoneChoice(() => updates.refresh());
const updates = live(refresh, status);
