// The kinds of items of the configuration: how each is listed, and by which controls its fields are filled in.

/** @import { ControlName, FieldDescription, Kind, KindKey } from "./types" */

/**
 * @param {string} path
 * @param {ControlName} control
 * @param {KindKey} [of]
 * @returns {FieldDescription}
 */
const field = (path, control, of) => ({ path, control, of });
/**
 * @param {string | null} key
 * @param {FieldDescription[]} fields
 */
const section = (key, ...fields) => ({ key, fields });

/** @type {Kind[]} */
export const KINDS = [
  {
    key: "agents",
    schema: "Agent",
    icon: "agents",
    group: "people",
    columns: ["name", "role", "team", "mrds", "attributes", "disabled"],
    sections: [
      section(null, field("name", "text"), field("role", "choice"), field("team", "reference", "teams"), field("email", "text"), field("disabled", "check")),
      section("work", field("mrds", "references", "mrds"), field("attributes", "skills")),
    ],
  },
  { key: "teams", schema: "Team", icon: "team", group: "people", columns: ["label", "supervisors"], sections: [section(null, field("label", "text"), field("supervisors", "references", "agents"))] },
  { key: "attributes", schema: "Attribute", icon: "star", group: "people", columns: ["type"], sections: [section(null, field("type", "choice"))] },
  {
    key: "queues",
    schema: "Queue",
    icon: "queue",
    group: "routing",
    columns: ["mrd", "priority", "distribution", "steps", "calendar"],
    sections: [
      section(null, field("mrd", "reference", "mrds"), field("priority", "number"), field("distribution", "choice"), field("calendar", "reference", "calendars")),
      section("eligible", field("steps", "steps"), field("sticky_seconds", "seconds")),
      section("times", field("offer_timeout_seconds", "seconds"), field("response_seconds", "seconds"), field("wrap_up_seconds", "seconds"), field("service_level_seconds", "seconds")),
      section("too_long", field("overflow", "overflow", "queues"), field("time_to_live_seconds", "seconds")),
    ],
  },
  { key: "mrds", schema: "Mrd", icon: "route", group: "routing", columns: ["max_tasks", "interruptible"], sections: [section(null, field("max_tasks", "number"), field("interruptible", "check"))] },
  {
    key: "calendars",
    schema: "Calendar",
    icon: "calendar",
    group: "routing",
    columns: ["zone", "shifts", "holidays", "country"],
    sections: [section(null, field("zone", "zone")), section("week", field("shifts", "week")), section("holidays", field("country", "country"), field("subdivision", "text"), field("holidays", "dates"))],
  },
  {
    key: "channels",
    schema: "Channel",
    icon: "chat",
    group: "contact",
    columns: ["kind", "connector", "queue", "bot", "allowed_origins"],
    sections: [
      section(null, field("kind", "choice"), field("queue", "reference", "queues"), field("queues", "references", "queues"), field("bot", "reference", "bots"), field("inactivity_seconds", "seconds")),
      { ...section("connector", field("connector", "connector")), only: { kind: "connector" } },
      section("website", field("allowed_origins", "list"), field("widget", "widget")),
      section("customer_texts", field("language", "text"), field("texts", "texts")),
      section("identity", field("identity_required", "check"), field("identity_keys", "keys"), field("identity_secret", "text"), field("identity_issuer", "text"), field("identity_audience", "text")),
    ],
  },
  {
    key: "bots",
    schema: "Bot",
    icon: "bot",
    group: "contact",
    columns: ["url", "suggests", "tries"],
    sections: [section(null, field("url", "text"), field("suggests", "check")), section("trying", field("timeout_seconds", "seconds"), field("tries", "number"), field("backoff_seconds", "seconds"), field("silent_turns", "number")), section("secrets", field("signing_secret", "text"), field("secret_headers", "pairs"))],
  },
  {
    key: "canned_messages",
    schema: "CannedMessage",
    icon: "note",
    group: "words",
    columns: ["label", "text", "queue", "language"],
    sections: [section(null, field("label", "text"), field("text", "canned"), field("queue", "reference", "queues"), field("language", "text"))],
  },
  { key: "reason_codes", schema: "ReasonCode", icon: "pause", group: "words", columns: ["label", "use"], sections: [section(null, field("label", "text"), field("use", "choice"))] },
  { key: "wrap_up_codes", schema: "WrapUpCode", icon: "check", group: "words", columns: ["label"], sections: [section(null, field("label", "text"))] },
  { key: "api_keys", schema: "ApiKey", icon: "lock", group: "access", columns: ["scopes"], sections: [] },
  {
    key: "webhooks",
    schema: "Webhook",
    icon: "send",
    group: "access",
    columns: ["url", "events", "enabled", "made_by"],
    sections: [
      section(null, field("url", "text"), field("made_by", "reference", "api_keys"), field("enabled", "check"), field("disabled_because", "reason")),
      section("sent", field("events", "choices"), field("channels", "references", "channels"), field("queues", "references", "queues"), field("teams", "references", "teams"), field("personal", "check")),
      section("secrets", field("signing_secret", "text"), field("former_signing_secret", "text")),
    ],
  },
];

/** The scopes of API keys. */
export const SCOPES = ["connector", "bot", "extern", "inspect", "reports", "personal", "admin"];

/** The groups of kinds in the order in which they are listed. */
export const GROUPS = /** @type {const} */ (["people", "routing", "contact", "words", "access"]);

const BY_KEY = new Map(KINDS.map((kind) => [/** @type {string} */ (kind.key), kind]));

/** @param {string} key */
export function kindOf(key) {
  return BY_KEY.get(key);
}

/** All fields of a kind. @param {Kind} kind */
export function fieldsOf({ sections }) {
  return sections.flatMap(({ fields }) => fields);
}
