// Keeps a page up to date: refreshes it every 2 s while it is visible and not paused, and shows when the service can't be
// reached.

import { byId, write } from './dom.js';

const EVERY_MS = 2000;

/**
 * Calls `refresh` every 2 s, but only while the page is visible and not paused, and never concurrently. Returns two
 * functions: `refresh` refreshes immediately, for changes of what the page shows; `resume` also ends a pause.
 */
export function live(refresh, status) {
  const pause = byId('pause');
  let timer;
  let isPaused = false;
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
    if (!document.hidden && !isPaused) timer = setTimeout(tick, EVERY_MS);
  }

  function setPaused(paused) {
    isPaused = paused;
    pause.setAttribute('aria-pressed', paused);
    status.setPaused(paused);
    clearTimeout(timer);
    if (!paused) tick();
  }

  pause.addEventListener('click', () => setPaused(!isPaused));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else if (!isPaused) tick();
  });
  tick();
  return { refresh: tick, resume: () => setPaused(false) };
}

/** The status line. Screen readers read out only its text, which changes only with the state, and not the time next to it. */
export function statusLine(line) {
  const text = line.querySelector('.status-text');
  const asOf = line.querySelector('.as-of');
  let isPaused = false;
  const show = (state, words) => {
    line.dataset.state = state;
    write(text, words);
  };
  const tryingAgain = (sentence) => (isPaused ? sentence : `${sentence} Trying again …`);
  return {
    live(at = '') {
      if (isPaused) show('paused', 'Paused');
      else show('live', 'Live');
      write(asOf, at);
    },
    /** @param refusal the failed request; status 0 if the service was not reached */
    lost(refusal) {
      show('lost', tryingAgain(refusal.status === 0 ? 'Connection lost.' : refusal.message));
      if (asOf.textContent && !asOf.textContent.startsWith('last')) write(asOf, `last seen ${asOf.textContent}`);
    },
    note: (sentence) => show('note', tryingAgain(sentence)),
    setPaused(paused) {
      isPaused = paused;
      if (paused) show('paused', 'Paused');
    },
  };
}
