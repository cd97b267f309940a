// The administration: every kind of item of the configuration as a list and as a form, what has changed, and the whole.

import { element } from "../base/elements.js";
import { startPage } from "../base/page.js";
import { session } from "../base/session/session.js";
import { effect, owned, onStop, untracked } from "../base/signals.js";
import { draftsOf, hasUnsaved } from "./draft.js";
import { everythingView } from "./everything-view.js";
import { historyView } from "./history-view.js";
import { itemView } from "./item-view.js";
import { keyView } from "./key-view.js";
import { KINDS, kindOf } from "./kinds.js";
import { listView } from "./list-view.js";
import { navigation, overview } from "./navigation.js";
import { followAddress, route } from "./route.js";
import { forgetTables, load } from "./store.js";
import { manyWords, words } from "./words.js";

/** @typedef {import("./route.js").Route} Route */

addEventListener("beforeunload", (event) => hasUnsaved() && event.preventDefault());
session.probe = "admin/v1/configuration?format=json";

await startPage({
  name: "admin",
  title: words("title"),
  lead: words("lead"),
  roles: ["administrator"],
  keys: words("log_in.keys"),
  view: ({ agent }) => {
    if (draftsOf(agent?.agent_id ?? "key")) forgetTables();
    followAddress();
    for (const { key } of KINDS) load(key).catch(() => {}); // each view says itself what it cannot read
    const place = element("div", { class: "admin-content" });
    let stop = () => {};
    let isFirst = true;
    effect(() => {
      const now = route.value;
      stop();
      const drawn = owned(() => untracked(() => viewOf(now)));
      stop = drawn.stop;
      place.replaceChildren(...drawn.made);
      document.title = [now.name, now.page && manyWords(now.page), words("title"), "Hybrid Chat"].filter(Boolean).join(" · ");
      if (!isFirst) arrive(place);
      isFirst = false;
    });
    onStop(() => stop());
    return element("div", { class: () => `admin${route.value.page ? "" : " at-overview"}` }, [navigation(), place]);
  },
});

/** @param {Route} where @returns {Node[]} */
function viewOf({ page, name, isNew }) {
  const kind = kindOf(page);
  if (page === "changes") return historyView();
  if (page === "everything") return everythingView();
  if (!kind) return overview();
  if (!name && !isNew) return listView(kind);
  return kind.key === "api_keys" ? keyView(kind, name, isNew) : itemView(kind, name, isNew);
}

/** @param {HTMLElement} place */
function arrive(place) {
  scrollTo(0, 0);
  /** @type {HTMLElement?} */ (place.querySelector("h1"))?.focus({ preventScroll: true });
}
