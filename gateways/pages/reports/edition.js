// Noticing that the server has other pages than this one was made of.

import { onStop } from "../base/signals.js";

const MILLISECONDS = 60_000;
const EDITION = /pages\/([0-9a-f]{16})\//;
const OWN = EDITION.exec(import.meta.url)?.[1];

/** Loads the page anew when the server has another edition of it, and only then: a server that is away is waited for. */
export function followEdition() {
  const timer = setInterval(() => void look(), MILLISECONDS);
  onStop(() => clearInterval(timer));
}

/** Asks the server for the page once. */
export async function look() {
  const response = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  const present = EDITION.exec(await response.text())?.[1];
  if (present && OWN && present !== OWN) location.reload();
}
