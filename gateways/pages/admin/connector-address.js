// The address at which a provider calls a channel of this server, to copy.

/** @import { Filling } from "./types" */
import { button } from "../base/controls/button.js";
import { field, input } from "../base/controls/field.js";
import { notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { ROOT } from "../base/root.js";
import { effect } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { words, wordsFor } from "./words.js";

/** The type of connector that may be called from anywhere. */
const OWN_PROGRAM = "rest";
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** @param {Filling} filling @param {string} type */
export function connectorAddress({ value, name }, type) {
  const address = () => `${ROOT}connectors/v1/${encodeURIComponent(name() ?? "")}`;
  const isCalled = () => value.value?.updates !== "polling";
  const copy = async () => {
    await navigator.clipboard.writeText(address());
    notify(words("connector.copied"), { kind: "good" });
  };
  const control = input({ class: "code", readonly: true, dir: "ltr", onfocus: ({ currentTarget }) => currentTarget.select() });
  effect(() => (control.value = address()));
  const made = field(words("connector.address"), control, { hint: wordsFor(`connector.where.${type}`) ?? undefined });
  const line = element("div", { class: "address-line" });
  control.replaceWith(line);
  line.append(control, button(shared("action.copy"), copy, { icon: "copy" }));
  if (type !== OWN_PROGRAM && !isPublic(new URL(ROOT))) made.node.append(element("p", { class: "warn" }, [icon("alert"), element("span", {}, words("connector.address_private", { root: ROOT }))]));
  const nameless = element("p", { class: "quiet none", hidden: () => Boolean(name()) || !isCalled() }, words("connector.address_later"));
  return element("div", { class: "connector-address" }, [nameless, element("div", { hidden: () => !name() || !isCalled() }, [made.node])]);
}

/** Whether a provider may reach the address. @param {URL} url */
function isPublic({ protocol, hostname }) {
  return protocol === "https:" && !LOOPBACK.test(hostname);
}
