// The settings of the service, and the footer's information about it.

import * as api from './api.js';
import { byId, write } from './dom.js';

let requested;

/** The settings, requested once: configuration and version don't change while the service runs. */
export function settings() {
  requested ??= api.settings().catch((refusal) => {
    requested = undefined;
    throw refusal;
  });
  return requested;
}

/** The value of a key of the configuration; undefined if there is none. */
export const valueOf = ({ configuration }, name) => configuration.find(({ key }) => key === name)?.value;

export const showService = ({ version, instance }) => write(byId('service'), `Sessionizer ${version} · ${instance}`);
