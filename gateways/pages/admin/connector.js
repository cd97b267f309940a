// The connector of a channel: its provider, what the server has to know to reach it, and where the provider calls.

/** @import { Filling, Placed, Shape, Shapes } from "./types" */
import { element } from "../base/elements.js";
import { computed, effect, untracked } from "../base/signals.js";
import { connectorAddress } from "./connector-address.js";
import { pairs } from "./entries.js";
import { group } from "./group.js";
import { check, choice, duration, numberInput, secretName, single, textInput } from "./inputs.js";
import { same } from "./values.js";
import { optionWords, words } from "./words.js";

/** The fields that only tests, proxies and new versions of a provider's API need. */
const SELDOM = new Set(["base_url", "content_url", "messaging_url", "version"]);

/** @param {Filling} filling */
export function connector(filling) {
  const { value, shape } = filling;
  const variants = shape.variants ?? {};
  /** @type {Map<string, Placed>} */
  const placed = new Map();
  const place = element("div", { class: "connector" });
  const type = computed(() => value.value?.type ?? "");
  effect(() => {
    const chosen = type.value;
    placed.clear();
    place.replaceChildren(...untracked(() => (chosen in variants ? settings(filling, chosen, variants[chosen], placed) : [])));
  });
  const wrongPart = (/** @type {string?} */ text, /** @type {string} */ path) => {
    const [, name, ...inside] = path.split(".");
    placed.get(name)?.wrong(text, inside.map((each) => `.${each}`).join(""));
    return placed.has(name);
  };
  const made = group(filling, [providers(filling, type), place], { wrongPart });
  const wrong = (/** @type {string?} */ text, path = "") => {
    if (text === null) for (const each of placed.values()) each.wrong(null);
    made.wrong(text, path);
  };
  return { ...made, wrong };
}

/**
 * The choice of the provider. What was typed for another one is there again when that is chosen again.
 *
 * @param {Filling} filling
 * @param {Readable<string>} type
 */
function providers({ value, shape }, type) {
  const left = new Map();
  const choose = (/** @type {string} */ chosen) => {
    const now = value.peek();
    if (now) left.set(now.type, now);
    value.value = chosen ? (left.get(chosen) ?? fresh(chosen, shape)) : null;
  };
  const options = Object.keys(shape.variants ?? {}).map((each) => element("option", { value: each }, optionWords("connector.type", each)));
  const control = element("select", { "aria-label": words("field.connector.type"), onchange: ({ currentTarget }) => choose(currentTarget.value) }, [element("option", { value: "" }, words("connector.none")), ...options]);
  effect(() => (control.value = type.value));
  return element("div", { class: "provider" }, [control]);
}

/**
 * The settings of a connector that nobody has filled in yet.
 *
 * @param {string} type
 * @param {Shape} shape
 */
function fresh(type, { variants = {} }) {
  const required = Object.entries(variants[type]).filter(([, { required }]) => required);
  return { type, ...Object.fromEntries(required.map(([name, { initial }]) => [name, initial])) };
}

/**
 * The fields of a type of connector, those that are seldom changed apart.
 *
 * @param {Filling} filling
 * @param {string} type
 * @param {Shapes} shapes
 * @param {Map<string, Placed>} placed
 */
function settings(filling, type, shapes, placed) {
  const seldom = element("details", { class: "seldom" }, [element("summary", {}, words("connector.seldom"))]);
  const [usual, rest] = [element("div", { class: "connector-fields" }), element("div", { class: "connector-fields" })];
  const inOrder = Object.entries(shapes).sort(([, one], [, other]) => rank(one) - rank(other));
  for (const [name, shape] of inOrder) {
    const path = `connector.${type}.${name}`;
    const made = controlOf({ ...filling, shape, field: { path, control: "connector" }, value: partOf(filling.value, name, shape) });
    made.node.dataset.field = path;
    const isSeldom = SELDOM.has(name);
    (isSeldom ? rest : usual).append(made.node);
    placed.set(name, isSeldom ? opening(made, seldom) : made);
  }
  seldom.append(rest);
  return [usual, connectorAddress(filling, type), ...(rest.children.length ? [seldom] : [])];
}

/** What has to be given comes first, and before its secrets. @param {Shape} shape */
function rank({ required, isSecret }) {
  return required ? Number(isSecret) : 2;
}

/** @param {Filling} filling @returns {Placed} */
function controlOf(filling) {
  const { shape, value, field } = filling;
  if (shape.options) return single(filling, choice(filling));
  if (shape.isSecret) return secretName(filling);
  if (shape.type === "boolean") return check(filling);
  if (shape.type === "object") return pairs(filling, { name: words("connector.key"), add: words("connector.add_key") });
  if (shape.type === "string") return single(filling, textInput(value, shape));
  return single(filling, numberInput(value, shape), field.path.endsWith("_seconds") ? () => duration(value.value) : undefined);
}

/**
 * A control that is seen when something is wrong with it.
 *
 * @param {Placed} placed
 * @param {HTMLDetailsElement} details
 * @returns {Placed}
 */
function opening(placed, details) {
  /** @type {Placed["wrong"]} */
  const wrong = (text, path) => {
    if (text) details.open = true;
    placed.wrong(text, path);
  };
  return { ...placed, wrong };
}

/**
 * A setting as a value of its own. One that is as it would be by itself is left out, as the server leaves it out.
 *
 * @param {Signal<any>} whole
 * @param {string} name
 * @param {Shape} shape
 */
function partOf(whole, name, { initial, required }) {
  const read = (/** @type {any} */ settings) => (settings && name in settings ? settings[name] : initial);
  return /** @type {Signal<any>} */ ({
    get value() {
      return read(whole.value);
    },
    set value(next) {
      if (same(read(whole.peek()), next)) return;
      const { [name]: _, ...others } = whole.peek();
      whole.value = !required && same(next, initial) ? others : { ...others, [name]: next };
    },
    peek: () => read(whole.peek()),
  });
}
