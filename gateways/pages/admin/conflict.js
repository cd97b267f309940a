// Somebody else has changed the item meanwhile: who, what, and which of both holds from now on.

/** @import { Item } from "./types" */
/** @import { Draft } from "./draft.js" */
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { batch } from "../base/signals.js";
import { actorWords, described } from "./described.js";
import { filledIn } from "./schema.js";
import { same } from "./values.js";
import { labelOf, words } from "./words.js";

/**
 * @param {Draft} draft which goes on from the other's item already
 * @param {{ change: Api.ItemChange, before: Item, mine: Item }} conflict
 */
export function conflictView(draft, { change, before, mine }) {
  const who = { name: actorWords(change.actor), time: time(change.at) };
  const heading = element("h2", { tabindex: "-1" }, [icon("alert"), element("span", {}, words(change.item ? "conflict.heading" : "conflict.removed", who))]);
  const attributes = { class: "card conflict", role: "alert" };
  if (!change.item) return element("section", attributes, [heading, element("p", {}, words("conflict.save_adds"))]);
  const theirs = filledIn(draft.shapes, change.item);
  const fields = Object.keys(draft.values).filter((path) => !same(theirs[path], before[path]));
  const both = fields.filter((path) => !same(mine[path], before[path]) && !same(mine[path], theirs[path]));
  const put = (/** @type {string[]} */ paths, /** @type {Item} */ from) => batch(() => paths.forEach((path) => (draft.values[path].value = structuredClone(from[path]))));
  const mineToo = Object.keys(draft.values).filter((path) => !same(mine[path], before[path]));
  return element("section", attributes, [
    heading,
    element("p", {}, words(both.length ? "conflict.choose" : "conflict.merged")),
    element("ul", { class: "conflict-fields" }, fields.map((path) => fieldView(draft, path, both.includes(path), mine, theirs, put))),
    element("div", { class: "conflict-whole" }, [
      button(words("conflict.keep_all"), () => put(mineToo, mine)),
      button(words("conflict.take_all"), () => put(Object.keys(draft.values), theirs)),
    ]),
  ]);
}

/**
 * @param {Draft} draft
 * @param {string} path
 * @param {boolean} isOpen whether both have changed it
 * @param {Item} mine
 * @param {Item} theirs
 * @param {(paths: string[], from: Item) => void} put
 */
function fieldView(draft, path, isOpen, mine, theirs, put) {
  const label = labelOf(draft.kind.key, path);
  const choice = (/** @type {Item} */ from, /** @type {"conflict.mine" | "conflict.theirs"} */ key) => {
    const control = element("input", { type: "radio", name: `conflict-${path}`, onchange: () => put([path], from), ".checked": () => same(draft.values[path].value, from[path]) });
    return element("label", { class: "check" }, [control, element("span", {}, [`${words(key)} `, element("strong", { dir: "auto" }, described(path, from[path]))])]);
  };
  if (!isOpen) return element("li", {}, [element("strong", {}, label), ": ", element("span", { dir: "auto" }, described(path, theirs[path]))]);
  return element("li", {}, [element("fieldset", {}, [element("legend", {}, label), choice(mine, "conflict.mine"), choice(theirs, "conflict.theirs")])]);
}
