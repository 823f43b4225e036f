// A user's profile: the latest session, and those still remembered.

import * as api from './api.js';
import { byId, fillRows, write } from './dom.js';
import { erasure } from './erase.js';
import * as format from './format.js';
import { live, statusLine } from './live.js';
import * as service from './service.js';
import { drawTimeline } from './timeline.js';
import { zoneChoice } from './zone.js';

const status = statusLine(byId('status'));
const user = userOf(location);

/** The user named in the address: in the path, or as ?user=. Empty if there is none; null if it is not valid UTF-8. */
function userOf({ pathname, search }) {
  const inPath = pathname.slice('/profiles/'.length);
  if (!inPath) return new URLSearchParams(search).get('user') ?? '';
  try {
    return decodeURIComponent(inPath);
  } catch {
    return null;
  }
}

/** Control characters as their pictures, and format characters by number: no name is invisible, looks like another, or reverses the text around it. */
const visible = (name) =>
  name
    .replace(/[\0-\x1f]/g, (one) => String.fromCharCode(0x2400 + one.charCodeAt(0)))
    .replace(/[\x7f-\x9f\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (one) => `[U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

function showLatest({ id, isOpen, start, lastActivity, lengthSeconds, events, revision }) {
  write(byId('state'), isOpen ? 'Open' : 'Concluded');
  byId('state').dataset.state = isOpen ? 'open' : 'concluded';
  write(byId('id-label'), isOpen ? 'Current CT Session ID' : 'Latest CT Session ID');
  write(byId('session-id'), id);
  write(byId('start'), format.time(start, zone.current));
  write(byId('last-activity'), format.time(lastActivity, zone.current));
  write(byId('events'), format.count(events));
  write(byId('revision'), revisionInWords(revision, isOpen));
  write(byId('length-label'), isOpen ? 'Length so far' : 'Length');
  write(byId('length'), lengthInWords(lengthSeconds));
  byId('events').dataset.value = events;
  byId('revision').dataset.value = revision;
  byId('length').dataset.value = lengthSeconds;
}

const lengthInWords = (given) => format.length(given) + (given < 60 ? '' : ` (${format.seconds(given)})`);

/** How often the session has concluded; an open session may have concluded earlier and then continued. */
function revisionInWords(revision, isOpen) {
  if (!isOpen) return format.count(revision);
  return revision === 0 ? 'open' : `${format.count(revision)}, open again`;
}

function rowOf({ id, isOpen, start, lastActivity, lengthSeconds, events, revision }) {
  const cells = [
    { text: format.span(start, lastActivity, zone.current), value: start },
    { text: format.length(lengthSeconds), value: lengthSeconds },
    { text: format.count(events), value: events },
    { text: revisionInWords(revision, isOpen), value: revision },
    { text: id },
  ];
  return { key: id, cells };
}

function show(sessions) {
  byId('unknown').hidden = true;
  byId('profile').hidden = false;
  showLatest(sessions[0]);
  write(byId('sessions-sub'), sessions.length === 1 ? 'One session.' : `${format.count(sessions.length)} sessions, newest first.`);
  drawTimeline(byId('timeline'), sessions, zone.current);
  fillRows(byId('sessions'), sessions.map(rowOf));
}

async function showNothing() {
  byId('profile').hidden = true;
  byId('unknown').hidden = erasing.isOver;
  const retention = service.valueOf(await service.settings(), 'session.retention.ms');
  const blank = user.trim() === user ? '' : ' The name begins or ends with a blank.';
  write(byId('unknown-why'), `Either this user has sent no event, or the last session is too old: a session is remembered for
    ${format.length(Math.floor(retention / 1000))} after it concludes.${blank}`);
}

async function refresh() {
  try {
    await zone.ready();
    service.showService(await service.settings());
    if (!user) return;
    const { sessions } = await api.profile(user);
    show(sessions);
    erasing.onSessions(sessions);
    status.live();
  } catch (refusal) {
    if (refusal.status === 404) {
      erasing.onSessions([]);
      await showNothing();
      status.live();
    } else if (refusal.status === 503) {
      status.note('This user’s sessions are moving to another instance.');
    } else {
      if (!(refusal instanceof api.Refusal)) console.error(refusal);
      status.lost(refusal);
    }
  }
}

async function copy() {
  const code = byId('session-id');
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // Pages without TLS have no clipboard API, except on localhost: fall back to copying a selection.
    getSelection().selectAllChildren(code);
    document.execCommand('copy');
  }
  write(byId('copy'), 'Copied');
  write(byId('copied'), 'The session ID has been copied to the clipboard.');
  setTimeout(() => {
    write(byId('copy'), 'Copy');
    write(byId('copied'), '');
  }, 2000);
}

function search(submitted) {
  submitted.preventDefault();
  if (byId('user').value) location.assign(api.profilePage(byId('user').value, zone.chosen));
}

function start() {
  byId('search').addEventListener('submit', search);
  byId('copy').addEventListener('click', copy);
  if (user === null) {
    byId('unknown').hidden = false;
    byId('unknown-title').replaceChildren('The address does not name a user');
    write(byId('unknown-why'), 'After /profiles/, it must have the user’s name in UTF-8, percent-encoded.');
  }
  byId('status').hidden = !user;
  if (!user) {
    byId('user').focus();
    return;
  }
  const name = visible(user);
  document.title = `${name.slice(0, 60)} · Profiles · Sessionizer`;
  byId('user').value = user;
  write(byId('user-name'), name);
  write(byId('unknown-name'), name);
  write(byId('dialog-user'), name);
}

const zone = zoneChoice(() => updates.refresh());
const erasing = erasure(user, () => updates.resume());
start();
const updates = live(refresh, status);
