// Keeps a page up to date: refreshes it every 2 s while it is visible, and shows when the service cannot be reached.

import { write } from './dom.js';

const EVERY_MS = 2000;

/**
 * Calls `refresh` every 2 s, but only while the page is visible, and never concurrently. Returns a function that refreshes
 * immediately, for changes of what the page shows.
 */
export function live(refresh) {
  let timer;
  let isRefreshing = false;
  let isRequestedAgain = false;

  async function tick() {
    clearTimeout(timer);
    if (isRefreshing) {
      isRequestedAgain = true;
      return;
    }
    isRefreshing = true;
    do {
      isRequestedAgain = false;
      await refresh();
    } while (isRequestedAgain);
    isRefreshing = false;
    if (!document.hidden) timer = setTimeout(tick, EVERY_MS);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : tick()));
  tick();
  return tick;
}

/** The status line. Screen readers read out only its text, which changes with the state alone, and not the time next to it. */
export function statusLine(line) {
  const text = line.querySelector('.status-text');
  const asOf = line.querySelector('.as-of');
  const show = (state, words) => {
    line.dataset.state = state;
    write(text, words);
  };
  return {
    live(at = '') {
      show('live', 'Live');
      if (asOf) write(asOf, at);
    },
    /** @param refusal the failed request; status 0 if the service was not reached */
    lost(refusal) {
      show('lost', refusal.status === 0 ? 'Connection lost. Trying again …' : `${refusal.message} Trying again …`);
      if (asOf?.textContent && !asOf.textContent.startsWith('last')) write(asOf, `last seen ${asOf.textContent}`);
    },
    note: (words) => show('note', words),
  };
}
