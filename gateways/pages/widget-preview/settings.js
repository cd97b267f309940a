// What stands in the form as the settings of a channel's widget, without what is as it would be anyhow.

/** @type {{ [name: string]: unknown }} */
const DEFAULTS = {
  mode: "auto",
  theme: "system",
  launcher: "always",
  storage: "site",
  attachments: true,
  location: false,
  sound: true,
};
/** @type {{ [name: string]: unknown }} */
const OF_INVITATION = { after_seconds: 30, visitors: "all", exit_intent: false };
/** @type {{ [name: string]: unknown }} */
const OF_QUESTION = { kind: "text", required: false };

/**
 * The settings without those that are as they would be anyhow.
 *
 * @param {Api.Widget} widget
 * @returns {Api.Widget}
 */
export function tidied(widget) {
  const { invitation, form = [] } = widget;
  return without(
    {
      ...widget,
      invitation: invitation && without(invitation, OF_INVITATION),
      form: form.map((question) => without(question, OF_QUESTION)),
    },
    DEFAULTS,
  );
}

/**
 * Whether both say the same.
 *
 * @param {unknown} one
 * @param {unknown} other
 */
export function isSame(one, other) {
  return ordered(one) === ordered(other);
}

/**
 * @template {object} Settings
 * @param {Settings} settings
 * @param {{ [name: string]: unknown }} defaults
 * @returns {Settings}
 */
function without(settings, defaults) {
  const said = Object.entries(settings).filter(([name, value]) => !isEmpty(value) && value !== defaults[name]);
  return /** @type {Settings} */ (Object.fromEntries(said));
}

/** @param {unknown} value */
function isEmpty(value) {
  if (value === null || value === undefined) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** @param {unknown} value */
function ordered(value) {
  return JSON.stringify(value, (_name, each) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
