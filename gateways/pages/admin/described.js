// Values of the configuration in words.

import { list, number } from "../base/formats.js";
import { DAYS, dayName } from "./shifts.js";
import { labelOf, optionWords, wordsFor, words } from "./words.js";

const MAX_LISTED = 2;

/**
 * A value in words, on one line.
 *
 * @param {string} path of the field that it is of
 * @param {any} value
 * @returns {string}
 */
export function described(path, value) {
  if (value === null || value === undefined || value === "") return words("value.none");
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  if (typeof value === "number") return path.endsWith("seconds") ? words("value.seconds", { seconds: number(value) }) : number(value);
  if (typeof value === "string") return wordsFor(`option.${path}.${value}`) ?? optionWords(path.split(".").at(-1) ?? path, value);
  if (/^steps\.\d+$/.test(path)) return stepWords(value);
  if (Array.isArray(value)) return value.length ? value.map((each) => describedPart(path, each)).join("; ") : words("value.none");
  const parts = Object.entries(value).map(([name, each]) => `${partWords(path, name)}: ${described(`${path}.${name}`, each)}`);
  return parts.length ? parts.join(", ") : words("value.none");
}

/**
 * A value as a list shows it: shorter.
 *
 * @param {string} path
 * @param {any} value
 */
export function summary(path, value) {
  if (path === "steps") return (value ?? []).length ? words("summary.steps", { count: value.length }) : words("summary.everyone");
  if (path === "holidays") return (value ?? []).length ? words("summary.days", { count: value.length }) : words("value.none");
  if (path === "shifts") return Object.keys(value ?? {}).length ? words("summary.shifts", { count: Object.keys(value).length }) : words("value.none");
  if ((path === "mrds" || path === "events") && !(value ?? []).length) return words("tokens.all");
  if (path === "events" && value.length > MAX_LISTED) return words("summary.events", { count: value.length });
  if (path === "attributes") return list(Object.entries(value ?? {}).filter(([, level]) => level !== false).map(([name, level]) => (level === true ? name : `${name} ${level}`))) || words("value.none");
  if (path === "connector") return value ? optionWords("connector.type", value.type) : words("value.none");
  if (path === "disabled") return value ? words("summary.disabled") : "";
  return described(path, value);
}

/**
 * The name of a path of an item: of its field, with the names inside.
 *
 * @param {string} kind
 * @param {string} path
 */
export function pathWords(kind, path) {
  const [field, ...inside] = path.split(".");
  const names = inside.map((name) => (/^\d+$/.test(name) ? number(Number(name) + 1) : partWords(field, name)));
  return [labelOf(kind, field), ...names].join(" › ");
}

/** Who has done something, as people read it. @param {string} actor */
export function actorWords(actor) {
  const [kind, ...name] = actor.split(":");
  if (!name.length) return words("actor.system");
  return kind === "agent" ? name.join(":") : words("actor.application", { name: name.join(":") });
}

/** @param {string} path @param {any} value */
function describedPart(path, value) {
  return path === "steps" ? stepWords(value) : described(path, value);
}

/** @param {{ criterion?: string, seconds?: number }} step */
function stepWords({ criterion, seconds }) {
  return words("value.step", { criterion: criterion || words("summary.everyone"), seconds: number(seconds ?? 30) });
}

/** The name of a part of a field. @param {string} field @param {string} name */
function partWords(field, name) {
  return wordsFor(`inside.${field}.${name}`, `field.${field}.${name}`, `option.${field}.${name}`) ?? weekday(name);
}

/** A weekday in the reader's language; other names as they are. @param {string} name */
function weekday(name) {
  return DAYS.includes(name) ? dayName(name) : name;
}
