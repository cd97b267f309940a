// What administrators do with deliveries and targets, each after a question.

import { element } from "../base/elements.js";
import { call } from "../base/session/calls.js";
import { session } from "../base/session/session.js";
import { fromField } from "./instants.js";
import { ask } from "./question.js";
import { actionButton, labelled } from "./view.js";

/** Whether the reader may change anything. The server decides; others are not shown what it would refuse. */
export function mayChange() {
  return session.agent?.role === "administrator";
}

/**
 * The buttons for what can be done with a target. `done` is told what has been done.
 *
 * @param {Api.DeliveryTarget} target
 * @param {(said: string) => void} done
 */
export function targetButtons({ target, state, parked }, done) {
  const path = /** @type {const} */ (`inspect/v1/targets/${encodeURIComponent(target)}`);
  const retry = () =>
    ask(`Try ${parked} parked again?`, [words(`All parked deliveries to ${target} wait again and go out in their turn.`)], "Try again", async () => {
      const { deliveries } = await call(`POST ${path}/retry`);
      done(`${deliveries} wait for ${target} again.`);
    });
  const resume = () =>
    ask(`Resume ${target}?`, [words("It gets calls again. If it refuses them as before, it is stopped again.")], "Resume", async () => {
      await call(`POST ${path}/resume`);
      done(`${target} is resumed.`);
    });
  return element("div", { class: "row-actions" }, [
    parked ? actionButton("Retry", retry, { "aria-label": `Retry what is parked for ${target}` }) : null,
    state === "stopped" ? actionButton("Resume", resume, { "aria-label": `Resume ${target}` }) : null,
    actionButton("Rewind", () => askToRewind(target, path, done), { "aria-label": `Rewind ${target}` }),
  ]);
}

/**
 * The buttons for what can be done with a delivery.
 *
 * @param {Api.Delivery} delivery
 * @param {(said: string) => void} retried
 * @param {() => void} dropped
 */
export function deliveryButtons({ id, target, state }, retried, dropped) {
  const path = /** @type {const} */ (`inspect/v1/deliveries/${id}`);
  const again = state === "delivered" ? "The target has taken it already and gets it a second time." : "It waits again and goes out in its turn.";
  const retry = () =>
    ask(`Try delivery ${id} again?`, [words(again)], "Try again", async () => {
      await call(`POST ${path}/retry`);
      retried(`It waits for ${target} again.`);
    });
  const drop = () =>
    ask(`Drop delivery ${id}?`, [words(`${target} never gets it. This cannot be undone.`)], "Drop", async () => {
      await call(`DELETE ${path}`);
      dropped();
    });
  return [
    ["parked", "refused", "delivered"].includes(state) ? actionButton("Retry", retry) : null,
    ["waiting", "parked"].includes(state) ? actionButton("Drop", drop) : null,
  ].filter((button) => button !== null);
}

/**
 * @param {string} target
 * @param {`inspect/v1/targets/${string}`} path
 * @param {(said: string) => void} done
 */
function askToRewind(target, path, done) {
  const at = element("input", { type: "datetime-local", step: "any" });
  const position = element("input", { type: "number", min: 0, step: 1 });
  const content = [
    words(`${target} gets the events from there on once more, in order. A target that does not recognise repetitions takes them twice: customers would get their messages again.`),
    labelled("From this time on", at),
    labelled("Or after this position", position),
  ];
  ask(`Rewind ${target}`, content, "Rewind", async () => {
    const instant = fromField(at.value);
    if ((instant === null) === (position.value === "")) throw new Error("Give a time or a position");
    const body = instant === null ? { position: Number(position.value) } : { at: instant };
    const rewound = await call(`POST ${path}/rewind`, { body });
    done(`${target} gets the events after position ${rewound.position} again.`);
  });
}

/** @param {string} text */
function words(text) {
  return element("p", {}, text);
}
