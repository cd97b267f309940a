// <api-event>: one type of event or signal, and <api-closings>: the codes with which a feed's WebSocket is closed.

/** @import { ClosingsEntry, Description, EntryPart, EventEntry, OpenApi } from "./types" */
import { element } from "../base/elements.js";
import { ANSWER, fieldsOf } from "./fields.js";
import { heading } from "./heading.js";
import { spans } from "./prose.js";

/** @implements {EntryPart} */
class ApiEvent extends HTMLElement {
  /**
   * @param {Description} description
   * @param {EventEntry} event
   */
  show(description, event) {
    this.id = event.id;
    const hidden = event.hidden_from_customer ?? [];
    this.replaceChildren(
      element("article", { "aria-labelledby": `${this.id}-heading` }, [
        heading(event, "Link to this type"),
        element("p", { class: "access" }, visibility(event)),
        ...fieldsOf(description, event.data, ANSWER),
        hidden.length ? element("p", { class: "quiet" }, spans(`Hidden from the customer: ${coded(hidden)}.`)) : null,
      ]),
    );
  }
}

/** @param {EventEntry} event */
function visibility(event) {
  if ("feeds_of" in event) return `On the live feeds of ${event.feeds_of.join(" and ")}.`;
  const alone = event.seen_by.length === 1 ? " alone" : "";
  return `Version ${event.version}. Seen by ${new Intl.ListFormat("en-GB").format(event.seen_by)}${alone}.`;
}

/** @param {string[]} names */
function coded(names) {
  return names.map((name) => `\`${name}\``).join(", ");
}

class ApiClosings extends HTMLElement {
  /**
   * @param {Description} _
   * @param {ClosingsEntry} entry
   */
  show(_, entry) {
    this.id = entry.id;
    this.replaceChildren(
      element("article", { "aria-labelledby": `${this.id}-heading` }, [
        heading(entry, "Link to these codes"),
        element("dl", { class: "closings" }, entry.closings.map(closing)),
      ]),
    );
  }
}

/** @param {OpenApi.Closing} closing */
function closing({ code, meaning, remedy }) {
  return element("div", {}, [
    element("dt", {}, element("code", { class: "status" }, String(code))),
    element("dd", {}, [...spans(meaning), " ", element("span", { class: "quiet" }, spans(remedy))]),
  ]);
}

customElements.define("api-event", ApiEvent);
customElements.define("api-closings", ApiClosings);
