// Keeps a page up to date: looks every 2 s while it is seen, and tells calmly when the service can't be reached.

import { write } from './dom.js';

const EVERY_MS = 2000;

/**
 * Calls `look` every 2 s, but only while the page is visible, and never twice at a time. Returns a function that looks at
 * once, which is asked for when what to look at has changed.
 */
export function live(look) {
  let timer;
  let isLooking = false;
  let isAskedAgain = false;

  async function turn() {
    clearTimeout(timer);
    if (isLooking) {
      isAskedAgain = true;
      return;
    }
    isLooking = true;
    do {
      isAskedAgain = false;
      await look();
    } while (isAskedAgain);
    isLooking = false;
    if (!document.hidden) timer = setTimeout(turn, EVERY_MS);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : turn()));
  turn();
  return turn;
}

/** The status line. Only its words are read out, and these change with the state alone; the time beside them is not. */
export function statusLine(line) {
  const said = line.querySelector('.said');
  const asOf = line.querySelector('.as-of');
  const tell = (state, words) => {
    line.dataset.state = state;
    write(said, words);
  };
  return {
    live(at = '') {
      tell('live', 'Live');
      if (asOf) write(asOf, at);
    },
    /** @param refusal what stood in the way; status 0 where the service was not reached */
    lost(refusal) {
      tell('lost', refusal.status === 0 ? 'Connection lost. Trying again …' : `${refusal.message} Trying again …`);
      if (asOf?.textContent && !asOf.textContent.startsWith('last')) write(asOf, `last seen ${asOf.textContent}`);
    },
    note: (words) => tell('note', words),
  };
}
