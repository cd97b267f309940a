// Who the customer is and what is known: details, attributes, labels, who takes part, and earlier conversations.

/** @import { Conversation } from "./conversation.js" */
/** @import { Desk } from "./desk-state.js" */
import { button } from "../base/controls/button.js";
import { openDialog } from "../base/controls/dialog.js";
import { field, form, input } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { computed } from "../base/signals.js";
import { linkTo } from "../base/text/links.js";
import { shared } from "../base/words/shared.js";
import { callbackLines, dialLink } from "./callback.js";
import { uncover } from "./panel.js";
import { t } from "./words.js";

const MAX_DRAWN = 4096; // signs of one value

/**
 * @param {Desk} desk
 * @param {Conversation} conversation
 * @param {() => boolean} mayChange
 */
export function customerPanel(desk, conversation, mayChange) {
  const customer = computed(() => conversation.detail.value?.customer);
  const attributes = computed(() => conversation.detail.value?.attributes ?? {});
  const summary = computed(() => desk.summaries.value.get(conversation.id));
  return element("aside", { class: "customer-panel", "aria-label": t("customer.label"), tabindex: "0", onkeydown: ({ key }) => key === "Escape" && uncover() }, [
    element("section", { class: "panel-part" }, [
      element("header", { class: "panel-head" }, [element("h3", {}, t("customer.label")), button(shared("action.close"), uncover, { icon: "close", iconOnly: true, class: "button quiet icon-only small uncover" })]),
      ...person(customer),
      callbackLines(() => customer.value ?? undefined, () => attributes.value),
    ]),
    labelsPart(conversation, () => summary.value?.labels ?? [], mayChange),
    attributesPart(conversation, () => ({ ...customer.value?.attributes, ...attributes.value }), mayChange),
    participantsPart(() => summary.value?.participants ?? []),
    previousPart(() => conversation.detail.value?.previous ?? []),
  ]);
}

/** @param {Readable<Api.Customer | undefined>} customer */
function person(customer) {
  const dial = element("p", {});
  keepRows(dial, () => (customer.value?.phone ? [customer.value.phone] : []), (phone) => phone, (phone) => dialLink(phone.peek()));
  const mail = element("p", {});
  keepRows(mail, () => (customer.value?.email ? [customer.value.email] : []), (email) => email, (email) => linkTo(`mailto:${email.peek()}`, email.peek()));
  return [
    element("p", { class: "customer-name", dir: "auto" }, () => customer.value?.name ?? t("sender.customer")),
    element("p", { class: () => `badge ${customer.value?.verified ? "good" : "warn"}`, hidden: () => !customer.value?.id }, [icon("check"), () => t(customer.value?.verified ? "customer.verified" : "customer.claimed", { id: customer.value?.id ?? "" })]),
    mail,
    dial,
  ];
}

/**
 * @param {Conversation} conversation
 * @param {() => string[]} labels
 * @param {() => boolean} mayChange
 */
function labelsPart(conversation, labels, mayChange) {
  const change = (/** @type {Api.LabelsRequest} */ body) => call(`POST agent/v1/conversations/${conversation.id}/labels`, { body });
  const tags = element("div", { class: "tags" });
  keepRows(tags, labels, (label) => label, (_, label) => button(label, () => change({ add: [], remove: [label] }), { icon: "close", class: "button quiet tag", "aria-label": t("labels.remove", { label }) , disabled: () => !mayChange() }));
  const typed = input({ maxlength: 64, "aria-label": t("labels.add"), placeholder: t("labels.add") });
  const add = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const label = typed.value.trim();
    if (!label) return;
    await change({ add: [label], remove: [] });
    typed.value = "";
  };
  const adding = button(t("labels.add"), add, { icon: "add", iconOnly: true, kind: "quiet" });
  const line = element("form", { class: "inline-form", hidden: () => !mayChange(), onsubmit: (event) => (event.preventDefault(), adding.click()) }, [typed, adding]);
  return element("section", { class: "panel-part" }, [element("h3", {}, t("labels.heading")), tags, line]);
}

/**
 * @param {Conversation} conversation
 * @param {() => Record<string, unknown>} attributes
 * @param {() => boolean} mayChange
 */
function attributesPart(conversation, attributes, mayChange) {
  const rows = element("dl", { class: "pairs" });
  keepRows(rows, () => Object.entries(attributes()).map(([name, value]) => ({ name, value })), ({ name }) => name, (item, name) =>
    element("div", {}, [
      element("dt", { dir: "auto" }, name),
      element("dd", { dir: "auto" }, () => cut(inWords(item.value.value))),
      element("dd", {}, button(t("attributes.change", { name }), () => openAttributeDialog(conversation, name, item.peek().value), { icon: "edit", iconOnly: true, class: "button quiet icon-only small", hidden: () => !mayChange() })),
    ]),
  );
  return element("section", { class: "panel-part" }, [
    element("h3", {}, t("attributes.heading")),
    rows,
    button(t("attributes.add"), () => openAttributeDialog(conversation), { icon: "add", kind: "quiet", hidden: () => !mayChange() }),
  ]);
}

/**
 * @param {Conversation} conversation
 * @param {string} [known]
 * @param {unknown} [before]
 */
function openAttributeDialog(conversation, known, before) {
  openDialog(known ? t("attributes.change", { name: known }) : t("attributes.add"), (close) => {
    const name = field(t("attributes.name"), input({ maxlength: 128, required: true, value: known ?? null, readonly: known !== undefined }));
    const value = field(t("attributes.value"), input({ value: before === undefined ? null : inWords(before) }), { hint: t("attributes.empty_removes") });
    const save = async () => {
      const written = value.control.value.trim();
      const attributes = { [name.control.value.trim()]: written === "" ? null : valueOf(written, before) };
      await call(`POST agent/v1/conversations/${conversation.id}/attributes`, { body: { attributes } });
      close();
    };
    return form([name.node, value.node], button(t("attributes.save"), () => {}, { kind: "primary" }), save, { fields: { attributes: value } });
  });
}

/** @param {() => Api.Participant[]} participants */
function participantsPart(participants) {
  const rows = element("ul", { class: "people" });
  const key = (/** @type {Api.Participant} */ { type, id }) => `${type} ${id}`;
  keepRows(rows, participants, key, (item) =>
    element("li", {}, [
      icon(item.peek().type === "bot" ? "bot" : item.peek().type === "customer" ? "chat" : "agent"),
      element("span", { dir: "auto" }, () => item.value.name ?? (item.value.type === "customer" ? t("sender.customer") : (item.value.id ?? ""))),
      element("span", { class: "quiet" }, () => t(`role.${/** @type {"primary"} */ (item.value.role)}`)),
    ]),
  );
  return element("section", { class: "panel-part" }, [element("h3", {}, t("participants.heading")), rows]);
}

/** @param {() => Api.Conversation[]} previous */
function previousPart(previous) {
  const rows = element("ul", { class: "previous" });
  keepRows(rows, previous, ({ conversation_id }) => conversation_id, (item, id) =>
    element("li", {}, [
      element("a", { href: `#c/${id}` }, [element("span", {}, time(item.peek().started_at)), element("span", { class: "quiet", dir: "auto" }, item.peek().last_message ?? item.peek().channel)]),
    ]),
  );
  return element("section", { class: "panel-part", hidden: () => !previous().length }, [element("h3", {}, t("previous.heading")), rows]);
}

/** @param {unknown} value */
function inWords(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The value that was typed, of the kind of the one before: a number stays a number, where what was typed is one.
 *
 * @param {string} written
 * @param {unknown} before
 */
export function valueOf(written, before) {
  if (before === undefined || before === null || typeof before === "string") return written;
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

/** @param {string} words */
function cut(words) {
  return words.length > MAX_DRAWN ? `${words.slice(0, MAX_DRAWN)}…` : words;
}
