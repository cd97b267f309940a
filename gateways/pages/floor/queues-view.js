// The queues: who waits, since when, how the day went, and who could take more.

/** @import { Address } from "./address.js" */
/** @import { Floor, QueueRow } from "./floor-store.js" */
import { secondsSince } from "../base/clock.js";
import { menuButton } from "../base/controls/menu.js";
import { element } from "../base/elements.js";
import { number, share, time } from "../base/formats.js";
import { badge, lasting, leadTo } from "./parts.js";
import { queueActions } from "./queue-actions.js";
import { floorTable } from "./table.js";
import { figure, levelOf, levelOfService, thresholds } from "./thresholds.js";
import { t } from "./words.js";

/**
 * @param {Floor} floor
 * @param {Address} address
 */
export function queuesView(floor, address) {
  return floorTable({
    name: "queues",
    caption: t("queues.caption"),
    address,
    items: () => floor.shownQueues.value,
    keyOf: ({ queue }) => queue,
    columns: [
      { key: "queue", words: t("queues.queue"), value: ({ queue }) => queue, cell: nameCell },
      { key: "waiting", words: t("queues.waiting"), value: ({ waiting, offered }) => waiting + offered, number: true, cell: waitingCell },
      { key: "oldest", words: t("queues.oldest"), value: ({ oldest }) => (oldest ? -Date.parse(oldest) : null), number: true, cell: oldestCell },
      { key: "service", words: t("queues.service_level"), value: ({ day }) => day?.service_level ?? null, number: true, cell: serviceCell },
      { key: "abandoned", words: t("queues.abandoned"), value: ({ day }) => day?.abandoned ?? null, number: true, cell: (item) => () => (item.value.day ? t("queues.abandoned_of", { abandoned: number(item.value.day.abandoned), offered: number(item.value.day.offered) }) : "–") },
      { key: "active", words: t("queues.active"), value: ({ day }) => day?.active ?? null, number: true, cell: activeCell },
      { key: "ready", words: t("queues.ready"), value: ({ agents_ready }) => agents_ready, number: true, cell: readyCell },
      { key: "free", words: t("queues.free"), value: ({ free_slots }) => free_slots, number: true, cell: (item) => () => number(item.value.free_slots) },
      { key: "actions", words: t("table.actions"), value: () => null, cell: (item) => actionsCell(item, floor) },
    ],
  });
}

/** @param {Signal<QueueRow>} item */
function nameCell(item) {
  const link = leadTo({ view: "conversations", queue: item.peek().queue }, () => item.value.queue, { class: "row-name", dir: "auto" });
  const opening = badge(() => {
    const { open, opens_at } = item.value;
    if (open) return ["good", "check", t("queues.open")];
    return ["", "clock", opens_at ? t("queues.opens", { time: time(opens_at) }) : t("queues.closed")];
  });
  return element("span", { class: "named" }, [link, element("span", { class: "quiet" }, () => item.value.mrd), opening]);
}

/** @param {Signal<QueueRow>} item */
function waitingCell(item) {
  const waiting = () => item.value.waiting + item.value.offered;
  const level = () => levelOf(waiting(), thresholds.value.waiting);
  const scheduled = element("span", { class: "quiet" }, () => (item.value.scheduled ? t("queues.scheduled", { count: item.value.scheduled }) : ""));
  const link = leadTo({ view: "conversations", queue: item.peek().queue, state: "waiting" }, [figure(() => number(waiting()), level)]);
  return element("span", { class: "stated" }, [link, scheduled]);
}

/** @param {Signal<QueueRow>} item */
function oldestCell(item) {
  const since = () => item.value.oldest ?? null;
  const level = () => levelOf(since() ? secondsSince(/** @type {string} */ (since())) : null, thresholds.value.oldest);
  return leadTo({ view: "conversations", queue: item.peek().queue, state: "waiting" }, [figure(() => lasting(since()) || "–", level)]);
}

/** @param {Signal<QueueRow>} item */
function serviceCell(item) {
  const percent = () => item.value.day?.service_level ?? null;
  return figure(() => (percent() === null ? "–" : share(/** @type {number} */ (percent()) / 100)), () => levelOfService(percent(), thresholds.value.serviceLevel), "below");
}

/** @param {Signal<QueueRow>} item */
function activeCell(item) {
  return leadTo({ view: "conversations", queue: item.peek().queue, state: "with_agent" }, () => (item.value.day ? number(item.value.day.active) : "–"));
}

/** @param {Signal<QueueRow>} item */
function readyCell(item) {
  const words = () => t("queues.ready_of", { ready: number(item.value.agents_ready), logged_in: number(item.value.agents_logged_in) });
  return leadTo({ view: "agents", state: "ready" }, words);
}

/**
 * @param {Signal<QueueRow>} item
 * @param {Floor} floor
 */
function actionsCell(item, floor) {
  const label = () => t("queues.menu", { queue: item.value.queue });
  return menuButton(label, () => queueActions(item.peek(), floor), { icon: "more", iconOnly: true, kind: "quiet" }).node;
}
