// Logging in at an OpenID provider's page, which sends the browser back with a code (RFC 7636).

const VERIFIER_AS = "hybridchat.openid";
const CODE = "code";

/**
 * Leaves the page for the provider's.
 *
 * @param {string} url
 */
export async function beginLogIn(url) {
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  sessionStorage.setItem(VERIFIER_AS, verifier);
  const query = new URLSearchParams({ return_to: location.href.split("#")[0], code_challenge: base64Url(new Uint8Array(digest)) });
  location.assign(`${url}?${query}`);
}

/** What proves that the provider has let the browser in, once, or null where it has not come from there. */
export function endLogIn() {
  const address = new URL(location.href);
  const code = address.searchParams.get(CODE);
  const verifier = sessionStorage.getItem(VERIFIER_AS);
  if (code === null || verifier === null) return null;
  sessionStorage.removeItem(VERIFIER_AS);
  address.searchParams.delete(CODE);
  history.replaceState(history.state, "", address);
  return { code, code_verifier: verifier };
}

/** @param {Uint8Array} bytes */
function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
