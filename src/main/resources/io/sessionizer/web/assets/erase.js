// The steps of an erasure: requested, confirmed, passing through the events topic, done.

import * as api from './api.js';
import { byId, write } from './dom.js';

const LONG_MS = 30_000;

/**
 * Follows the erasure of this user. `refresh` is called when the page has to be refreshed. `onSessions` receives the sessions
 * after each refresh: the user is erased when none of the earlier ones is left. New ones may already have been opened.
 */
export function erasure(user, refresh) {
  const dialog = byId('erase-dialog');
  let token = '';
  let needsToken = false;
  let present = [];
  let before = null;
  let askedAt = 0;
  let isOver = false;

  async function loadPermission() {
    try {
      const { changes } = await api.settings();
      needsToken = changes.needsToken;
      byId('erase').disabled = !changes.allowed;
      if (!changes.allowed) write(byId('erase-why'), changes.why);
    } catch {
      // The request itself will show the problem.
    }
  }

  async function open() {
    await loadPermission();
    if (byId('erase').disabled) return;
    byId('token-field').hidden = !needsToken;
    byId('token').value = token;
    write(byId('erase-problem'), '');
    dialog.showModal();
    (needsToken && !token ? byId('token') : byId('erase-cancel')).focus();
  }

  async function confirm(submitted) {
    submitted.preventDefault();
    token = byId('token').value;
    byId('erase-confirm').disabled = true;
    try {
      await api.erase(user, token);
      before = new Set(present.map(({ id }) => id));
      askedAt = Date.now();
      isOver = false;
      dialog.close();
      report('Erasing: the request is in the events topic …');
      refresh();
    } catch (refusal) {
      write(byId('erase-problem'), refusal.message);
    } finally {
      byId('erase-confirm').disabled = false;
    }
  }

  function report(words) {
    byId('erasure').hidden = false;
    write(byId('erasure'), words);
  }

  byId('erase').addEventListener('click', open);
  byId('erase-cancel').addEventListener('click', () => dialog.close());
  byId('erase-form').addEventListener('submit', confirm);
  if (user) loadPermission();

  return {
    /** Whether the user was erased here, so that no session is expected. */
    get isOver() {
      return isOver;
    },
    onSessions(sessions) {
      present = sessions;
      if (before === null) return;
      if (sessions.some(({ id }) => before.has(id))) {
        if (Date.now() - askedAt > LONG_MS) report('Still erasing: the service has not read the request from the events topic yet …');
        return;
      }
      before = null;
      isOver = true;
      report('The user has been erased.');
    },
  };
}
