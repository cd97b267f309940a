// What a webhook has beside its fields: why it was disabled, a secret that the server makes, and an example to send.

/** @import { Draft } from "./draft.js" */
/** @import { Filling } from "./types" */
import { button } from "../base/controls/button.js";
import { confirmed } from "../base/controls/dialog.js";
import { element } from "../base/elements.js";
import { number } from "../base/formats.js";
import { icon } from "../base/icons.js";
import { call } from "../base/session/calls.js";
import { effect } from "../base/signals.js";
import { group } from "./group.js";
import { openOnce } from "./shown-once.js";
import { words } from "./words.js";

/** Why the server has disabled the webhook. Enabling it forgets that. @param {Filling} filling */
export function disabledBecause(filling) {
  const { value, values } = filling;
  const placed = group(filling, [element("p", { class: "notice", dir: "auto" }, () => value.value ?? "")]);
  effect(() => (placed.node.hidden = !value.value));
  effect(() => {
    if (values.enabled.value) value.value = null;
  });
  return placed;
}

/** What can be done with a webhook that is there. @param {Draft} draft */
export function webhookTools({ name, values }) {
  const own = name.peek();
  const result = element("div", { class: "verdict", role: "status" });
  const renew = async () => {
    if (await confirmed(words("webhook.renew_heading"), words("webhook.renew_words"), words("webhook.renew"))) await makeSecret(own);
  };
  const send = async () => {
    result.replaceChildren();
    result.replaceChildren(...attemptWords(await call(`POST ${pathOf(own)}/test`)));
  };
  return element("section", { class: "card form-section", "aria-labelledby": "webhook-tools" }, [
    element("h2", { id: "webhook-tools" }, words("webhook.tools")),
    element("p", { class: "hint" }, () => words(values.signing_secret.value ? "webhook.of_settings" : "webhook.of_server")),
    element("div", { class: "view-tools" }, [
      button(words("webhook.renew"), renew, { icon: "lock", hidden: () => Boolean(values.signing_secret.value) }),
      button(words("webhook.test"), send, { icon: "send" }),
    ]),
    result,
  ]);
}

/** Makes a secret and shows it for the only time. Raises Problem. @param {string} name */
export async function makeSecret(name) {
  const { secret } = await call(`POST ${pathOf(name)}/rotate-secret`);
  openOnce(words("webhook.made", { name }), { about: words("webhook.once"), label: words("webhook.secret", { name }), text: secret, copied: words("webhook.copied") });
}

/** @param {string} name @returns {`admin/v1/webhooks/${string}`} */
function pathOf(name) {
  return `admin/v1/webhooks/${encodeURIComponent(name)}`;
}

/** @param {Api.WebhookAttempt} attempt */
function attemptWords({ status, seconds, answer, failure }) {
  const answered = status ? words("webhook.answered", { status: String(status), seconds: number(seconds) }) : "";
  const said = failure ? [answered, failure].filter(Boolean).join(" ") : answered;
  return [
    element("p", { class: failure ? "bad" : "good" }, [icon(failure ? "alert" : "check"), element("span", {}, said)]),
    ...(answer ? [element("p", { class: "code preview", dir: "auto" }, answer)] : []),
  ];
}
