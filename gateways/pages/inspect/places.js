// The views that the user came from, each as it was left: what was loaded and opened in it, its scroll and its focus.

const MAX_KEPT = 12;

const places = new Map();

history.scrollRestoration = "manual";

/** The entry of the browser's history that is shown. */
export function entryOnShow() {
  if (!history.state?.entry) history.replaceState({ ...history.state, entry: crypto.randomUUID?.() ?? String(Math.random()) }, "");
  return history.state.entry;
}

/** Keeps a view as it is before another one takes its place. */
export function leave(entry, view, address) {
  const focused = view.contains(document.activeElement) ? document.activeElement : null;
  places.delete(entry);
  places.set(entry, { view, address, scroll: scrollY, focused });
  if (places.size > MAX_KEPT) places.delete(places.keys().next().value);
}

/** The place that was left at this entry, if it shows this address; otherwise null. */
export function placeAt(entry, address) {
  const place = places.get(entry);
  return place?.address === address ? place : null;
}

export function forgetPlaces() {
  places.clear();
}
