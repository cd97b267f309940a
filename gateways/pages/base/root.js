// Where the server is, wherever the page stands that loads this.

const url = import.meta.url;

/** The address before the paths of the server, with a slash at its end. */
export const ROOT = url.slice(0, url.lastIndexOf("/pages/") + 1);
