// The ways to all parts of the administration.

import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { number } from "../base/formats.js";
import { GROUPS, KINDS } from "./kinds.js";
import { hashOf, route } from "./route.js";
import { table } from "./store.js";
import { manyWords, words, wordsFor } from "./words.js";

/** @typedef {import("../base/icons.js").IconName} IconName */

const WHOLE = /** @type {{ key: string, icon: IconName }[]} */ ([
  { key: "changes", icon: "history" },
  { key: "everything", icon: "download" },
]);

/** The list of all parts, beside the content. */
export function navigation() {
  const parts = [...GROUPS.map((group) => ({ group: /** @type {string} */ (group), kinds: /** @type {{ key: string, icon: IconName }[]} */ (KINDS.filter((kind) => kind.group === group)) })), { group: "whole", kinds: WHOLE }];
  return element("nav", { class: "admin-parts", "aria-label": words("nav.label") }, parts.map(({ group, kinds }) => element("section", {}, [
    element("h2", { class: "quiet" }, wordsFor(`group.${group}`)),
    element("ul", {}, kinds.map((kind) => element("li", {}, [linkTo(kind)]))),
  ])));
}

/** @param {{ key: string, icon: IconName }} kind */
function linkTo({ key, icon: drawing }) {
  return element("a", { href: hashOf(key), "aria-current": () => (route.value.page === key ? "page" : null) }, [icon(drawing), element("span", {}, manyWords(key))]);
}

/** The first view: every part with what it is for, and how many there are. */
export function overview() {
  const cards = [...KINDS, ...WHOLE].map(({ key, icon: drawing }) => {
    const known = KINDS.find((kind) => kind.key === key);
    const count = known ? () => (table(known.key).value ? number(Object.keys(table(known.key).value?.items ?? {}).length) : "") : () => "";
    return element("a", { class: "card part", href: hashOf(key) }, [icon(drawing), element("strong", {}, manyWords(key)), element("span", { class: "quiet number" }, count), element("span", { class: "quiet about" }, wordsFor(`about.${key}`))]);
  });
  return [element("h1", { tabindex: "-1" }, words("title")), element("div", { class: "parts" }, cards)];
}
