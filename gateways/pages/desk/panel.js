// Whether the customer's panel is open: as the agent likes it beside the conversation, and only when asked for over it.

import { preference } from "../base/preferences.js";
import { signal } from "../base/signals.js";

const NARROW = matchMedia("(max-width: 64rem)");

const beside = preference("desk.panel", true);
const over = signal(false);
const isNarrow = signal(NARROW.matches);

NARROW.addEventListener("change", () => (isNarrow.value = NARROW.matches));

export function isPanelOpen() {
  return isNarrow.value ? over.value : beside.value;
}

export function togglePanel() {
  const panel = isNarrow.peek() ? over : beside;
  panel.value = !panel.peek();
}

/** Closes the panel where it stands over the conversation. */
export function uncover() {
  over.value = false;
}
