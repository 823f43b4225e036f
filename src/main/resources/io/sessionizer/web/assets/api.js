// The service's JSON API; a rejected request is an error with the status.

/** A rejected request. Status 0: the service could not be reached. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** encodeURIComponent throws on half a surrogate pair, which a search field may contain. */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\uFFFD');

const query = (given) =>
  Object.entries(given)
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${encodeURIComponent(wellFormed(value))}`)
    .join('&');

export const board = (zone) => ask(`/api/board?${query({ zone })}`);
export const zones = () => ask('/api/zones');
export const settings = () => ask('/api/settings');
export const profile = (user) => ask(`/api/profiles?${query({ user })}`);

export const erase = (user, token) => ask(`/api/profiles?${query({ user })}`, { method: 'DELETE', headers: bearer(token) });

export const setTracking = (active, token) =>
  ask('/api/settings/tracking', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ active }),
  });

/**
 * The address of a user's page. Browsers remove "." and ".." from a path, and the server rejects NUL there: these go in
 * the query.
 */
export function profilePage(user, zone) {
  const name = wellFormed(user);
  const inQuery = name === '.' || name === '..' || name.includes('\0');
  const rest = query({ user: inQuery ? name : '', zone });
  return `/profiles${inQuery ? '' : `/${encodeURIComponent(name)}`}${rest && `?${rest}`}`;
}

/** A header may contain only Latin-1; a token with other characters can't be right, but must not throw here. */
const bearer = (token) => (token ? { Authorization: `Bearer ${token.replace(/[^\x20-\xff]/g, '?')}` } : {});

/** A change has to come back through a topic, so it may take longer than a query. */
const LONGEST_MS = { query: 10_000, change: 30_000 };

/**
 * If reading requires the token (http.reads=token), the page prompts for it once, and keeps it until the tab is closed.
 */
const KEPT_TOKEN = 'sessionizer.token';
const readToken = () => sessionStorage.getItem(KEPT_TOKEN) ?? '';
let hasAsked = false;

function hasTokenNow() {
  if (!hasAsked) {
    hasAsked = true;
    sessionStorage.setItem(KEPT_TOKEN, window.prompt('Enter the access token of this service:') ?? '');
  }
  return readToken() !== '';
}

async function send(path, options) {
  const longest = options.method ? LONGEST_MS.change : LONGEST_MS.query;
  try {
    const headers = { ...bearer(options.method ? '' : readToken()), ...options.headers };
    const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(longest), ...options, headers });
    return { answer, body: await answer.json().catch(() => ({})) };
  } catch {
    throw new Refusal(0, 'The service can’t be reached.');
  }
}

async function ask(path, options = {}) {
  let { answer, body } = await send(path, options);
  if (answer.status === 401 && !options.method && hasTokenNow()) ({ answer, body } = await send(path, options));
  if (!answer.ok) throw new Refusal(answer.status, body.error ?? `The service responded with status ${answer.status}.`);
  return body;
}
