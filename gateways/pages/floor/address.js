// What is shown, as the address says it: #agents?team=service&state=not_ready. Such an address can be shared.

/** @import { Filters } from "./types" */
import { onStop, signal } from "../base/signals.js";

export const VIEWS = /** @type {const} */ (["agents", "queues", "conversations"]);
const NAMES = /** @type {const} */ ({ q: "text", team: "team", queue: "queue", state: "state", agent: "agent", sort: "sort", open: "open" });

/** @param {string} hash */
export function filtersOf(hash) {
  const [name, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const given = new URLSearchParams(query);
  const view = VIEWS.find((each) => each === name) ?? "agents";
  const found = /** @type {Filters} */ ({ view, descending: given.has("descending") });
  for (const [parameter, field] of Object.entries(NAMES)) found[field] = given.get(parameter) ?? "";
  return found;
}

/** @param {Partial<Filters>} filters */
export function addressOfFilters(filters) {
  const query = new URLSearchParams();
  for (const [parameter, field] of Object.entries(NAMES)) if (filters[field]) query.set(parameter, filters[field]);
  if (filters.descending) query.set("descending", "");
  const written = query.toString().replace("descending=", "descending");
  return `#${filters.view ?? "agents"}${written && "?"}${written}`;
}

/** The address as a signal, for as long as the page is shown. */
export function followedAddress() {
  const filters = signal(filtersOf(location.hash));
  const follow = () => (filters.value = filtersOf(location.hash));
  addEventListener("hashchange", follow);
  onStop(() => removeEventListener("hashchange", follow));
  return {
    filters,
    /** Changes some of it in place: going back leaves the view. @param {Partial<Filters>} changes */
    change(changes) {
      filters.value = { ...filters.peek(), ...changes };
      history.replaceState(history.state, "", addressOfFilters(filters.peek()));
    },
    /** Opens a conversation beside the floor; going back closes it. @param {string} open */
    openConversation(open) {
      location.hash = addressOfFilters({ ...filters.peek(), open });
    },
    /** Goes somewhere, from where one can go back. @param {Partial<Filters>} wanted */
    go(wanted) {
      location.hash = addressOfFilters(wanted);
    },
  };
}

/** @typedef {ReturnType<typeof followedAddress>} Address */
