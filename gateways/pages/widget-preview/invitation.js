// The invitation beside the launcher.

/** @import { Choice, Fault, Part } from "./types" */
import { element } from "../base/elements.js";
import { choiceField, field, mark, numberField, switchField } from "./fields.js";
import { wordsField } from "./words.js";

/** @type {Choice[]} */
const VISITORS = [
  ["all", "All visitors"],
  ["new", "Those who have not used the chat"],
  ["returning", "Those who have used the chat"],
];

/**
 * The invitation, or null for none.
 *
 * @param {Api.Invitation | null | undefined} invitation
 * @returns {Part<Api.Invitation | null>}
 */
export function invitationField(invitation) {
  const invites = switchField("Invite visitors", Boolean(invitation), "At most once a visit, and never again after they said no.");
  const text = wordsField("What it says", invitation?.text);
  const seconds = numberField("Seconds on the page", invitation?.after_seconds, "30 without.");
  const visitors = choiceField("Whom it invites", invitation?.visitors ?? "all", VISITORS);
  const leaving = switchField("Also when the pointer leaves the page", invitation?.exit_intent ?? false);
  const paths = element("textarea", { rows: "3", spellcheck: "false", ".value": (invitation?.paths ?? []).join("\n") });
  const details = element("div", {}, [
    text.node,
    element("div", { class: "pair" }, [seconds.node, visitors.node]),
    leaving.node,
    field("On these pages", paths, "A path a line, such as /pricing or /shop/*. All pages without."),
  ]);
  const node = element("div", {}, [invites.node, details]);
  const isInviting = () => invites.read("", []);
  const follow = () => (details.hidden = !isInviting());
  invites.node.addEventListener("input", follow);
  follow();
  const read = (/** @type {string} */ path, /** @type {Fault[]} */ faults) => {
    mark(node, path);
    if (!isInviting()) return null;
    mark(paths, `${path}.paths`);
    return {
      text: text.read(`${path}.text`, faults),
      after_seconds: seconds.read(`${path}.after_seconds`, faults) ?? undefined,
      paths: paths.value.split("\n").map((line) => line.trim()).filter(Boolean),
      visitors: /** @type {Api.Invitation["visitors"]} */ (visitors.read(`${path}.visitors`, faults)),
      exit_intent: leaving.read(`${path}.exit_intent`, faults),
    };
  };
  return { node, read };
}
