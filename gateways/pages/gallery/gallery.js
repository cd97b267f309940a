// The gallery: every control of the pages in every state, and the colours, sizes and drawings that they are made of.

import { chart } from "../base/chart/chart.js";
import { button } from "../base/controls/button.js";
import { chooser } from "../base/controls/chooser.js";
import { dataTable } from "../base/controls/data-table.js";
import { confirmed, openDialog } from "../base/controls/dialog.js";
import { checkbox, field, input, select } from "../base/controls/field.js";
import { menuButton } from "../base/controls/menu.js";
import { noticeArea, notify } from "../base/controls/notices.js";
import { element } from "../base/elements.js";
import { clock, number, share } from "../base/formats.js";
import { ICONS, icon } from "../base/icons.js";
import { density, theme } from "../base/preferences.js";
import { signal } from "../base/signals.js";

const COLOURS = ["background", "raised", "sunken", "line", "text", "quiet", "accent", "accent-soft", "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft", "inside", "inside-soft"];
const BADGES = /** @type {const} */ (["", "good", "warn", "bad", "accent", "inside"]);
const QUEUES = [
  { name: "support", waiting: 4, oldest: 95 },
  { name: "sales", waiting: 0, oldest: null },
  { name: "billing", waiting: 17, oldest: 412 },
];

/**
 * @param {string} heading
 * @param {Children} content
 */
function part(heading, content) {
  const id = `part-${heading.toLowerCase().replaceAll(" ", "-")}`;
  return element("section", { class: "card", "aria-labelledby": id }, [element("h2", { id }, heading), element("div", { class: "samples" }, content)]);
}

function colours() {
  return part("Colours", COLOURS.map((name) => {
    const swatch = element("span", { class: "swatch" });
    swatch.style.background = `var(--${name})`;
    return element("span", { class: "colour" }, [swatch, name]);
  }));
}

function drawings() {
  return part("Drawings", ICONS.map((name) => element("span", { class: "drawing" }, [icon(name), name])));
}

function buttons() {
  const kinds = /** @type {const} */ (["primary", "secondary", "quiet", "danger"]);
  const never = () => new Promise((resolve) => setTimeout(resolve, 600_000));
  const pending = button("Pending", never, { kind: "primary" });
  const samples = [
    ...kinds.map((kind) => button(kind, () => {}, { kind, icon: "chat" })),
    button("Search", () => {}, { icon: "search", iconOnly: true, kind: "quiet" }),
    button("Disabled", () => {}, { disabled: true }),
    pending,
    button("Fails", () => Promise.reject(new Error("The server does not answer."))),
  ];
  pending.click();
  return part("Buttons", samples);
}

function fields() {
  const faulty = field("Maximum tasks", input({ value: "0", inputmode: "numeric" }), { hint: "From 1 to 100." });
  faulty.wrong("must be 1 or more");
  return part("Fields", [
    field("Name", input({ placeholder: "Support" })).node,
    faulty.node,
    field("Queue", select([["support", "Support"], ["sales", "Sales"]], "sales")).node,
    field("Note", element("textarea", { rows: 2 })).node,
    checkbox("The last agent first", { checked: true }).node,
    checkbox("Agents pick from the line").node,
  ]);
}

function badges() {
  const states = [["Ready", "good", "check"], ["Not ready", "", "pause"], ["Offered", "accent", "bell"], ["Busy", "warn", "clock"], ["Overdue", "bad", "alert"], ["Only colleagues see this", "inside", "lock"]];
  return part("Badges", [
    ...states.map(([words, kind, drawing]) => element("span", { class: `badge ${kind}` }, [icon(/** @type {"check"} */ (drawing)), words])),
    ...BADGES.map((kind) => element("span", { class: `badge ${kind}` }, kind || "plain")),
    element("span", { class: "count" }, "12"),
  ]);
}

function menus() {
  const plain = menuButton("Menu", () => [
    { words: "Transfer", icon: "transfer", act: () => {}, hint: "Alt+T" },
    { words: "Consult", icon: "agents", act: () => {} },
    null,
    { words: "Dark", checked: theme.peek() === "dark", act: () => (theme.value = theme.peek() === "dark" ? "system" : "dark") },
    { words: "Compact", checked: density.peek() === "compact", act: () => (density.value = density.peek() === "compact" ? "comfortable" : "compact") },
  ]);
  const dialog = button("Dialog", () => openDialog("A dialog", () => element("p", {}, "Escape closes it.")));
  const question = button("Question", () => void confirmed("Remove the queue?", "Its tasks are closed.", "Remove"), { kind: "danger" });
  const notices = [button("Notice", () => notify("The state is changed.", { kind: "good", action: { words: "Undo", act: () => {} } })), button("Bad notice", () => notify("It has changed meanwhile.", { kind: "bad" }))];
  return part("Menus, dialogs and notices", [plain.node, dialog, question, ...notices]);
}

function choosing() {
  const choices = QUEUES.map(({ name, waiting }) => ({ key: name, words: name, hint: `${waiting} waiting`, icon: /** @type {const} */ ("queue") }));
  return part("Choosing by typing", chooser("Queue", () => choices, ({ words }) => notify(words)).node);
}

function tables() {
  const columns = /** @type {import("../base/controls/types").Column<typeof QUEUES[0]>[]} */ ([
    { key: "name", words: "Queue", value: ({ name }) => name },
    { key: "waiting", words: "Waiting", value: ({ waiting }) => waiting, number: true, definition: "Tasks for which an agent may be found now." },
    { key: "oldest", words: "Oldest (s)", value: ({ oldest }) => oldest, cell: (item) => () => (item.value.oldest === null ? "–" : number(item.value.oldest)), number: true },
  ]);
  return part("Tables", dataTable("Queues", columns, () => QUEUES, ({ name }) => name, signal({ column: "waiting", descending: true })));
}

function charts() {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
  const wave = (/** @type {number} */ height, /** @type {number} */ shift) => hours.map((_, hour) => (hour === 5 ? null : Math.round(height * (1 + Math.sin((hour + shift) / 3)))));
  const lines = { label: "Waiting by hour", points: hours, marks: hours, kind: /** @type {const} */ ("count"), written: number, shape: /** @type {const} */ ("lines"), series: [{ name: "support", values: wave(20, 0) }, { name: "sales", values: wave(12, 4) }, { name: "billing", values: wave(8, 9) }, { name: "support before", values: wave(16, 1), past: true }] };
  const columns = { ...lines, label: "Average wait by hour", kind: /** @type {const} */ ("duration"), written: clock, shape: /** @type {const} */ ("columns"), series: [{ name: "support", values: wave(95, 2) }, { name: "sales", values: wave(60, 5) }] };
  const bars = { label: "Service level by queue", points: QUEUES.map(({ name }) => name), marks: [], kind: /** @type {const} */ ("share"), written: (/** @type {number} */ value) => share(value / 100), shape: /** @type {const} */ ("bars"), series: [{ name: "This week", values: [92.5, 71, null] }, { name: "The week before", values: [80, 75, 40], past: true }] };
  return part("Charts", [chart(() => lines), chart(() => columns), chart(() => bars)]);
}

function empties() {
  const words = element("p", {}, "Nobody waits. New tasks come here by themselves.");
  return part("Nothing there", element("div", { class: "empty" }, [icon("queue"), words]));
}

document.body.classList.add("page");
document.body.replaceChildren(
  element("main", { class: "gallery", id: "content" }, [
    element("h1", {}, "Gallery"),
    colours(),
    buttons(),
    badges(),
    fields(),
    menus(),
    choosing(),
    tables(),
    charts(),
    empties(),
    drawings(),
  ]),
  noticeArea(),
);
