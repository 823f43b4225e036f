// The choice of the time zone, which is kept in the address (?zone=). The account's own needs no choice.

import * as api from './api.js';
import { byId, element, keepZone, write } from './dom.js';
import { zoneHere } from './format.js';

const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Fills the page's select once the zones are known. `changed` is called after each choice. */
export function zoneChoice(changed) {
  const select = byId('zone');
  let account;
  let chosen = new URLSearchParams(location.search).get('zone') || null;
  keepZone(chosen);

  function take(zone) {
    chosen = zone === account ? null : zone;
    const here = new URL(location.href);
    if (chosen) here.searchParams.set('zone', chosen);
    else here.searchParams.delete('zone');
    history.replaceState(null, '', here);
    keepZone(chosen);
    name();
  }

  function name() {
    const zone = chosen ?? account;
    select.value = zone;
    const shown = zoneHere(zone) === zone || byId('profile') === null ? zone : `UTC (this browser does not know ${zone})`;
    write(byId('zone-name'), shown);
  }

  select.addEventListener('change', () => {
    byId('zone-unknown').hidden = true;
    take(select.value);
    changed();
  });

  return {
    get chosen() {
      return chosen;
    },
    get current() {
      return chosen ?? account;
    },
    /** Asks for the zones, once. An address that names an unknown one is set right. */
    async ready() {
      if (account) return;
      const { zones, account: own } = await api.zones();
      account = own;
      fill(select, zones, own);
      const isKnown = !chosen || zones.includes(chosen);
      byId('zone-unknown').hidden = isKnown;
      if (!isKnown) write(byId('zone-unknown'), `No time zone has the name ${chosen}.`);
      take((isKnown && chosen) || own);
    },
  };
}

function fill(select, zones, account) {
  const here = browserZone();
  const marked = new Set([account, here]);
  const first = [option(account, `${account} (the account’s)`)];
  if (here !== account && zones.includes(here)) first.push(option(here, `${here} (this browser’s)`));
  const others = zones.filter((zone) => !marked.has(zone)).map((zone) => option(zone, zone));
  select.replaceChildren(...first, element('hr'), ...others);
}

const option = (value, text) => element('option', { value, text });
