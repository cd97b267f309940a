// The way to the page on which the widget of a channel is seen and configured.

/** @import { Filling } from "./types" */
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { ROOT } from "../base/root.js";
import { group } from "./group.js";
import { words } from "./words.js";

/** @param {Filling} filling */
export function widgetLink(filling) {
  const { value, values, name } = filling;
  const address = () => `${ROOT}widget/preview#${encodeURIComponent(name() ?? "")}`;
  const link = element("a", { class: "button secondary", href: address, hidden: () => values.kind.value !== "web" || !name() }, [icon("eye"), element("span", {}, words("widget.open"))]);
  const state = element("p", { class: "quiet none" }, () => words(values.kind.value !== "web" ? "widget.not_web" : value.value ? "widget.own" : "widget.default"));
  return group(filling, [state, link]);
}
