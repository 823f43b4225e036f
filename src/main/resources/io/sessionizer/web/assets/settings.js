// The session tracking switch, and the effective configuration of this instance.

import * as api from './api.js';
import { byId, element, keepZone, write } from './dom.js';
import { counted } from './format.js';
import { live, statusLine } from './live.js';
import { showService } from './service.js';

const status = statusLine(byId('status'));
const tracking = byId('tracking');
const offDialog = byId('off-dialog');
let isChanging = false;
let changes = { allowed: false, needsToken: false, why: '' };
let shown = '';

function showTracking(active) {
  tracking.checked = active;
  write(byId('tracking-state'), active ? 'On: events get the ID of their session.' : 'Off: events pass through without a session ID.');
}

function showChanges(given) {
  changes = given;
  tracking.disabled = !given.allowed;
  byId('token-field').hidden = !given.needsToken;
  byId('not-allowed').hidden = given.allowed;
  write(byId('not-allowed'), given.why);
}

/** Turning it on needs no confirmation. */
function ask() {
  if (tracking.checked) {
    change(true);
    return;
  }
  tracking.checked = true;
  offDialog.returnValue = '';
  offDialog.showModal();
  showActiveUsers();
}

async function showActiveUsers() {
  write(byId('off-users'), '');
  try {
    const { activeUsers } = await api.board();
    write(byId('off-users'), `${counted(activeUsers.now, 'user has', 'users have')} an open session.`);
  } catch {
    // The number only helps the user decide: the switch works without it.
  }
}

async function change(active) {
  tracking.checked = active;
  isChanging = true;
  tracking.setAttribute('aria-busy', 'true');
  showResult('Changing …', 'waiting');
  try {
    const answer = await api.setTracking(active, byId('token').value);
    showTracking(answer.active);
    showResult(`Session tracking is now ${answer.active ? 'on' : 'off'}.`, 'done');
  } catch (refusal) {
    showTracking(!active);
    showResult(`Not changed. ${refusal.message}`, 'refused');
    if (refusal.status === 401) byId('token').focus();
  } finally {
    isChanging = false;
    tracking.removeAttribute('aria-busy');
  }
}

function showResult(words, state) {
  byId('tracking-result').dataset.state = state;
  write(byId('tracking-result'), words);
}

function showConfiguration(rows) {
  const known = JSON.stringify(rows);
  if (known === shown) return;
  shown = known;
  const sections = [...new Set(rows.map(({ section }) => section))];
  byId('configuration').replaceChildren(
    ...sections.map((name) => sectionOf(name, rows.filter(({ section }) => section === name))),
  );
}

function sectionOf(name, rows) {
  const heads = ['Key', 'Value', 'Source', 'Description'].map((text) => element('th', { scope: 'col', text }));
  const body = element('tbody', {}, ...rows.map(rowOf));
  const table = element('table', { class: 'keys' }, element('thead', {}, element('tr', {}, ...heads)), body);
  return element('section', { class: 'card' }, element('h3', { text: name }), table);
}

function rowOf({ key, value, origin, doc }) {
  const valueCell = value === '' ? element('span', { class: 'none', text: 'empty' }) : element('code', { text: value });
  return element(
    'tr',
    { 'data-key': key },
    element('th', { scope: 'row' }, element('code', { text: key })),
    element('td', { class: 'value' }, valueCell),
    element('td', {}, element('span', { class: 'origin', 'data-origin': origin, text: origin })),
    element('td', { class: 'doc', text: doc }),
  );
}

async function refresh() {
  try {
    const answer = await api.settings();
    showConfiguration(answer.configuration);
    showService(answer);
    status.live();
    if (isChanging) return;
    showChanges(answer.changes);
    if (tracking.checked !== answer.tracking.active) showResult('', 'waiting');
    showTracking(answer.tracking.active);
  } catch (refusal) {
    if (!(refusal instanceof api.Refusal)) console.error(refusal);
    status.lost(refusal);
  }
}

// While a change is in progress the switch ignores clicks. It is not disabled, since it would lose the focus.
tracking.addEventListener('click', (clicked) => isChanging && clicked.preventDefault());
tracking.addEventListener('change', ask);
offDialog.addEventListener('close', () => offDialog.returnValue === 'off' && change(false));

keepZone(new URLSearchParams(location.search).get('zone'));
live(refresh, status);
