// The choice of the time zone, which is kept in the address (?zone=). The zone of the configuration is the default.

import * as api from './api.js';
import { byId, element, keepZone, write } from './dom.js';
import { zoneHere } from './format.js';

const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Fills the page's list once the zones are known. `changed` is called after each choice. */
export function zoneChoice(changed) {
  const input = byId('zone');
  let zones = [];
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
    input.value = zone;
    const isKnownHere = zoneHere(zone) === zone || byId('profile') === null;
    write(byId('zone-name'), isKnownHere ? zone : `UTC (this browser does not know ${zone})`);
  }

  function choose(zone) {
    write(byId('zone-unknown'), '');
    if (zone === (chosen ?? account)) return;
    take(zone);
    changed();
  }

  /** By its name, ignoring case, or by the last part of it: "berlin" is Europe/Berlin. */
  function find(text) {
    const wanted = text.trim().toLowerCase().replaceAll(' ', '_');
    const isNamed = (zone) => zone.toLowerCase() === wanted;
    return zones.find(isNamed) ?? zones.find((zone) => zone.toLowerCase().endsWith(`/${wanted}`));
  }

  input.addEventListener('focus', () => input.select());
  // A choice from the list is an input event, and in some browsers not yet a change.
  input.addEventListener('input', () => zones.includes(input.value) && choose(input.value));
  input.addEventListener('change', () => {
    const zone = find(input.value);
    if (zone) choose(zone);
    else if (account) write(byId('zone-unknown'), `No time zone is named ${input.value}.`);
    if (account) input.value = chosen ?? account;
  });

  return {
    get chosen() {
      return chosen;
    },
    get current() {
      return chosen ?? account;
    },
    /** Requests the zones, once. An unknown zone in the address is replaced by the account's. */
    async ready() {
      if (account) return;
      ({ zones, account } = await api.zones());
      byId('zones').replaceChildren(...options(zones, account));
      const isKnown = !chosen || zones.includes(chosen);
      if (!isKnown) write(byId('zone-unknown'), `No time zone is named ${chosen}.`);
      take((isKnown && chosen) || account);
    },
  };
}

function options(zones, account) {
  const here = browserZone();
  const first = [element('option', { value: account, label: 'the account’s time zone' })];
  if (here !== account && zones.includes(here)) first.push(element('option', { value: here, label: 'this browser’s time zone' }));
  return [...first, ...zones.filter((zone) => zone !== account && zone !== here).map((zone) => element('option', { value: zone }))];
}
