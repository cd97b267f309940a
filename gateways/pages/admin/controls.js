// The control of each field of a form.

/** @import { Filling, KindKey, Placed } from "./types" */
import { input } from "../base/controls/field.js";
import { cannedControl } from "./canned.js";
import { connector } from "./connector.js";
import { identityKeys, pairs, texts } from "./entries.js";
import { check, choice, countryName, duration, numberInput, referenceTo, secretName, single, suggested, textInput } from "./inputs.js";
import { overflow } from "./overflow.js";
import { skills } from "./skills.js";
import { steps } from "./steps.js";
import { namesOf } from "./store.js";
import { tokens } from "./tokens.js";
import { disabledBecause } from "./webhooks.js";
import { week } from "./week.js";
import { widgetLink } from "./widget-link.js";

/** @type {{ [control: string]: (filling: Filling) => Placed }} */
const MAKERS = {
  text: (filling) => (filling.shape.isSecret ? secretName(filling) : single(filling, textInput(filling.value, filling.shape))),
  number: (filling) => single(filling, numberInput(filling.value, filling.shape)),
  seconds: (filling) => single(filling, numberInput(filling.value, filling.shape, { class: "short" }), () => duration(filling.value.value)),
  check,
  choice: (filling) => single(filling, choice(filling)),
  reference: (filling) => single(filling, referenceTo(/** @type {KindKey} */ (filling.field.of), filling.value, filling.shape)),
  references: (filling) => tokens(filling, { options: namesOf(/** @type {KindKey} */ (filling.field.of)) }),
  list: (filling) => tokens(filling, {}),
  dates: (filling) => tokens(filling, { type: "date" }),
  zone: (filling) => single(filling, suggested(filling.value, Intl.supportedValuesOf("timeZone"))),
  country: (filling) => single(filling, textInput(filling.value, filling.shape, input({ class: "short", maxlength: 2, autocapitalize: "characters" })), () => countryName(filling.value.value)),
  skills,
  steps,
  overflow,
  week,
  pairs,
  texts,
  keys: identityKeys,
  canned: cannedControl,
  widget: widgetLink,
  connector,
  choices: (filling) => tokens(filling, { options: () => filling.shape.each ?? [] }),
  reason: disabledBecause,
};

/** @param {Filling} filling */
export function controlFor(filling) {
  const placed = MAKERS[filling.field.control](filling);
  placed.node.dataset.field = filling.field.path;
  return placed;
}
