// Finding conversations: one's own, those of one's customers, and for supervisors those of their teams.

import { button } from "../base/controls/button.js";
import { select } from "../base/controls/field.js";
import { element } from "../base/elements.js";
import { time } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { keepRows } from "../base/rows.js";
import { call } from "../base/session/calls.js";
import { effect, signal } from "../base/signals.js";
import { customerName } from "./conversation-list.js";
import { t } from "./words.js";

const STATUSES = /** @type {const} */ (["", "with_bot", "waiting_for_customer", "waiting_for_agent", "with_agent", "wrap_up", "ended"]);
const WAIT_MILLISECONDS = 250;

/**
 * @param {() => boolean} isOpen
 */
export function searchView(isOpen) {
  const found = signal(/** @type {Api.Conversation[]} */ ([]));
  const next = signal(/** @type {string?} */ (null));
  const state = signal("");
  /** @type {AbortController?} */
  let asking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @type {HTMLInputElement} */
  const words = element("input", { type: "search", "aria-label": t("search.label"), placeholder: t("search.label"), oninput: () => later() });
  const status = select(STATUSES.map((each) => [each, each ? t(`status.${each}`) : t("search.any_status")]), "", { "aria-label": t("search.status"), onchange: () => look() });

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT_MILLISECONDS);
  }

  /** @param {string?} [after] */
  async function look(after = null) {
    asking?.abort();
    asking = new AbortController();
    const { signal: stopped } = asking;
    if (!after) state.value = t("search.searching");
    try {
      const answer = await call("GET agent/v1/conversations", { query: { q: words.value.trim(), status: status.value, after, limit: 50 }, signal: stopped });
      found.value = after ? [...found.peek(), ...answer.conversations] : answer.conversations;
      next.value = answer.next;
      state.value = found.peek().length ? t("search.found", { count: found.peek().length }) : t("search.nothing");
    } catch (error) {
      if (!stopped.aborted) state.value = problemWords(error);
    }
  }

  const list = element("ul", { class: "found" });
  keepRows(list, () => found.value, ({ conversation_id }) => conversation_id, (item, id) =>
    element("li", {}, [
      element("a", { href: `#c/${id}` }, [
        element("span", { class: "who", dir: "auto" }, () => customerName(item.value)),
        element("span", { class: "badge" }, () => t(`status.${/** @type {"ended"} */ (item.value.status)}`)),
        element("span", { class: "quiet last", dir: "auto" }, () => item.value.last_message ?? ""),
        element("span", { class: "quiet" }, () => [time(item.value.started_at), item.value.channel, item.value.queue].join(" · ")),
      ]),
    ]),
  );
  effect(() => {
    if (isOpen()) look();
  });
  const node = element("section", { class: "search-view page-view", "aria-label": t("search.heading"), hidden: () => !isOpen() }, [
    element("header", { class: "conversation-head" }, [element("a", { class: "button quiet icon-only back", href: "#", "aria-label": t("conversation.back") }, [icon("back")]), element("h2", { tabindex: "-1" }, t("search.heading"))]),
    element("div", { class: "search-fields" }, [words, status]),
    element("p", { class: "quiet", role: "status" }, () => state.value),
    list,
    button(t("search.more"), () => look(next.peek()), { hidden: () => next.value === null }),
  ]);
  return { node, focus: () => words.focus() };
}
