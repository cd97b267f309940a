// Addresses of the views: #view/subject?parameters. They can be shared, since they never hold a token.

const FIRST = "streams";

/** The view, subject and parameters of an address. An address that cannot be decoded names no view. */
export function routeOf(hash) {
  const [path, query = ""] = splitOnce(hash.replace(/^#/, ""), "?");
  const [view, subject = null] = splitOnce(path, "/");
  try {
    const name = subject === null ? null : decodeURIComponent(subject);
    return { view: view || FIRST, subject: name, parameters: new URLSearchParams(query) };
  } catch {
    return { view: "", subject: null, parameters: new URLSearchParams() };
  }
}

/** The address of a view. Empty parameters are left out. */
export function href(view, subject = null, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const path = subject === null ? view : `${view}/${encodeURIComponent(subject)}`;
  const query = new URLSearchParams(given).toString();
  return `#${path}${query && "?"}${query}`;
}

export function go(address) {
  location.hash = address;
}

/** Changes the address without loading anything: the view already shows what the new address names. */
export function readdress(address) {
  history.replaceState(history.state, "", address);
}

function splitOnce(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}
