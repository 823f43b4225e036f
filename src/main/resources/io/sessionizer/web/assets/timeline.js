// A user's sessions on a time axis. Positions are set through the CSSOM, which the content security policy allows.

import { element } from './dom.js';
import * as format from './format.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, DAY_MS];
const TICKS = 6;

/** Draws the sessions ({start, lastActivity, isOpen, ...}) in this zone; redraws nothing when nothing has changed. */
export function drawTimeline(box, sessions, zone) {
  const known = JSON.stringify([zone, sessions]);
  if (box.dataset.known === known) return;
  box.dataset.known = known;
  const { from, to } = rangeOf(sessions);
  const place = (instant) => `${(100 * (instant - from)) / (to - from)}%`;
  const bars = sessions.map((session) => {
    const bar = element('span', { class: session.isOpen ? 'bar open' : 'bar', title: titleOf(session, zone) });
    bar.style.left = place(Date.parse(session.start));
    bar.style.width = `${(100 * (Date.parse(session.lastActivity) - Date.parse(session.start))) / (to - from)}%`;
    return bar;
  });
  const ticks = ticksOf(from, to, zone).map(({ at, text }) => {
    const mark = element('span', { class: 'tick', text });
    mark.style.left = place(at);
    return mark;
  });
  box.replaceChildren(...ticks, ...bars);
}

function rangeOf(sessions) {
  const first = Math.min(...sessions.map(({ start }) => Date.parse(start)));
  const last = Math.max(...sessions.map(({ lastActivity }) => Date.parse(lastActivity)));
  const from = Math.min(first, last - HOUR_MS);
  const edge = (last - from) / 50;
  return { from: from - edge, to: last + edge };
}

function titleOf({ start, lengthSeconds, events, isOpen }, zone) {
  const so = isOpen ? ', open' : '';
  return `${format.time(start, zone)}: ${format.length(lengthSeconds)}, ${format.counted(events, 'event')}${so}`;
}

/** Round times of the zone, at most about six of them; at midnight the day replaces the time. */
function ticksOf(from, to, zone) {
  const days = Math.ceil((to - from) / DAY_MS / TICKS);
  const step = STEPS_MS.find((one) => (to - from) / one <= TICKS) ?? days * DAY_MS;
  const ahead = format.aheadOfUtc(from, zone);
  const ticks = [];
  for (let at = Math.ceil((from + ahead) / step) * step - ahead; at <= to; at += step) {
    const [day, time] = format.time(at, zone).split(', ');
    ticks.push({ at, text: time.startsWith('00:00') ? day.slice(4, -5) : time.slice(0, 5) });
  }
  return ticks;
}
