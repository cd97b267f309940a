// Where a task goes that waits too long in a queue.

/** @import { Filling } from "./types" */
import { field } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { effect } from "../base/signals.js";
import { numberInput } from "./inputs.js";
import { part } from "./entry-list.js";
import { group } from "./group.js";
import { namesOf, table } from "./store.js";
import { words } from "./words.js";

const AFTER_SECONDS = 120;

/** @param {Filling} filling */
export function overflow(filling) {
  const { value, values, name } = filling;
  const names = namesOf("queues");
  const possible = () => names().filter((each) => each !== name() && table("queues").value?.items[each].mrd === values.mrd.value);
  const choose = () => (value.value = control.value ? { after_seconds: AFTER_SECONDS, ...value.peek(), queue: control.value } : null);
  const control = element("select", { onchange: choose });
  effect(() => {
    const now = value.value?.queue ?? "";
    const all = now && !possible().includes(now) ? [now, ...possible()] : possible();
    control.replaceChildren(element("option", { value: "" }, words("overflow.none")), ...all.map((each) => element("option", { value: each }, each)));
    control.value = now;
  });
  const seconds = part(/** @type {Signal<any>} */ ({ get value() { return value.value ?? {}; }, set value(next) { value.value = next; }, peek: () => value.peek() ?? {} }), "after_seconds");
  const queue = field(words("overflow.queue"), control);
  const after = field(words("overflow.after"), numberInput(seconds, { nullable: false, required: true, initial: null }));
  const wrongPart = (/** @type {string?} */ text, /** @type {string} */ path) => (path === ".queue" ? (queue.wrong(text), true) : path === ".after_seconds" ? (after.wrong(text), true) : false);
  return group(filling, [queue.node, element("div", { hidden: () => value.value === null }, [after.node])], { wrongPart });
}
