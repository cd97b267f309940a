// The time zone by whose clock days and intervals are cut.

import { element } from "../base/elements.js";
import { effect } from "../base/signals.js";
import { change, place } from "./place.js";
import { words } from "./words.js";

export const BROWSER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set(["UTC", BROWSER_ZONE, ...Intl.supportedValuesOf("timeZone")])];

export function zoneField() {
  const select = element("select", { "aria-label": words("zone.label"), title: words("zone.label"), onchange: ({ currentTarget }) => change({ zone: currentTarget.value }) }, ZONES.map(optionOf));
  effect(() => {
    const zone = place.value.parameters.zone || BROWSER_ZONE;
    if (![...select.options].some(({ value }) => value === zone)) select.append(optionOf(zone));
    select.value = zone;
  });
  return element("div", { class: "field zone" }, [element("span", { class: "label", "aria-hidden": "true" }, words("zone.label")), select]);
}

/** @param {string} zone */
function optionOf(zone) {
  return element("option", { value: zone }, zone.replaceAll("_", " "));
}
