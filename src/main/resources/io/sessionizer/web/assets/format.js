// Numbers, lengths, days and times in words. There is a no-break space between a number and its unit.

const NBSP = '\u00a0';
const wholes = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const millions = new Intl.NumberFormat('en-US', { notation: 'compact' });
const anyTick = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });

export const count = (number) => wholes.format(number);
export const seconds = (number) => `${wholes.format(number)}${NBSP}s`;
export const hours = (number) => `${hoursNumber(number)}${NBSP}h`;
export const counted = (number, one, many = `${one}s`) => `${count(number)}${NBSP}${number === 1 ? one : many}`;

/** A number beside an axis, where there is little room: millions as "1.5M". Exact numbers are in tooltips and tables. */
export const tick = (number) => (number < 1_000_000 ? anyTick : millions).format(number);

/** Seconds as hours, without the unit. Tenths would be too coarse below an hour. */
export const hoursNumber = (number) => (number > 0 && number < 3600 ? hundredths : tenths).format(number / 3600);

/** A share in percent. A value above 0 is never shown as 0 %. */
export function share(part, whole) {
  if (!whole) return '–';
  const percent = (100 * part) / whole;
  return part > 0 && percent < 0.05 ? `<${NBSP}0.1${NBSP}%` : `${tenths.format(percent)}${NBSP}%`;
}

/** 9,744 s as "2 h 42 min 24 s"; with `most` 2 as "2 h 42 min". */
export function length(given, most = 3) {
  const parts = [
    [Math.floor(given / 3600), 'h'],
    [Math.floor(given / 60) % 60, 'min'],
    [given % 60, 's'],
  ];
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) return `0${NBSP}s`;
  return parts
    .slice(first, first + most)
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${count(number)}${NBSP}${unit}`)
    .join(' ');
}

/** The class of lengths from one number of seconds to another, both inclusive; without an end, all lengths above. */
export function lengthClass(from, to) {
  if (to === null) return `${seconds(from)} or more`;
  return from === to ? seconds(from) : `${count(from)}–${seconds(to)}`;
}

/** The same, from a minute on in minutes and hours: "2–4 min". The end is then exclusive. */
export function lengthName(from, to) {
  if (from < 60) return lengthClass(from, to);
  const [size, unit] = from < 3600 ? [60, 'min'] : [3600, 'h'];
  return to === null ? `${from / size}${NBSP}${unit} or more` : `${from / size}–${(to + 1) / size}${NBSP}${unit}`;
}

function parts(date, options) {
  const found = new Intl.DateTimeFormat('en-US', options).formatToParts(date);
  return Object.fromEntries(found.map(({ type, value }) => [type, value]));
}

const UTC_DAY = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };

/** "2026-11-24" as "Tue 24 Nov". */
export function day(iso) {
  const { weekday, day: number, month } = parts(new Date(`${iso}T00:00:00Z`), UTC_DAY);
  return `${weekday} ${number} ${month}`;
}

/** "2026-11-24" as "24 Nov". */
export const shortDay = (iso) => day(iso).slice(4);

export const dayAndYear = (iso) => `${day(iso)} ${Number(iso.slice(0, -6))}`;

/** Sunday is 0. */
export const weekday = (iso) => new Date(`${iso}T00:00:00Z`).getUTCDay();

export const weekdayName = (iso) => parts(new Date(`${iso}T00:00:00Z`), { timeZone: 'UTC', weekday: 'long' }).weekday;

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

export function clock(instant, zone) {
  const { hour, minute, second } = parts(new Date(instant), { timeZone: zoneHere(zone), ...CLOCK });
  return `${hour}:${minute}:${second}`;
}

/** "Tue 24 Nov 2026, 02:10:05" in the zone. */
export function time(instant, zone) {
  const at = parts(new Date(instant), { ...UTC_DAY, ...CLOCK, timeZone: zoneHere(zone) });
  return `${at.weekday} ${at.day} ${at.month} ${at.year}, ${at.hour}:${at.minute}:${at.second}`;
}

/** From one instant to another, for a table: "Tue 24 Nov, 02:10:05 – 02:12:00". */
export function span(start, end, zone) {
  const [first, last] = [start, end].map((instant) => time(instant, zone).replace(/ \d+,/, ','));
  if (first === last) return first;
  const [day, clockTime] = last.split(', ');
  return `${first} – ${first.startsWith(`${day},`) ? clockTime : last}`;
}

/** The day of an instant in the zone, as "2026-11-24". */
export function dayOf(instant, zone) {
  const { year, month, day: number } = parts(new Date(instant), {
    timeZone: zoneHere(zone),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return `${year.padStart(4, '0')}-${month}-${number}`;
}

/** How many ms the zone's clocks are ahead of UTC at that time. */
export function aheadOfUtc(millis, zone) {
  const at = parts(new Date(millis), { ...UTC_DAY, ...CLOCK, month: 'numeric', timeZone: zoneHere(zone) });
  const shown = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second);
  return shown - Math.floor(millis / 1000) * 1000;
}

/** The zone, or UTC where this browser does not know it: its list may be older than the service's. */
export function zoneHere(zone) {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
