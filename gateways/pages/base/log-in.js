// The log-in of all pages: a password, an OpenID provider, or, where a page takes one, an API key.

import { button } from "./controls/button.js";
import { field, form, input } from "./controls/field.js";
import { element } from "./elements.js";
import { ROOT } from "./root.js";
import { session } from "./session/session.js";
import { shared } from "./words/shared.js";

/**
 * @param {{ title: string, lead: string, keys?: string }} options `keys` says which API key the page takes
 */
export function logInView({ title, lead, keys }) {
  const ended = session.endReason ? element("p", { class: "notice", role: "alert" }, shared("problem.status.401")) : null;
  return element("div", { class: "log-in" }, [
    element("h1", { tabindex: "-1" }, title),
    element("p", { class: "quiet" }, lead),
    ended,
    passwordForm(),
    openIdButton(),
    keys ? keyForm(keys) : null,
  ]);
}

function passwordForm() {
  const username = field(shared("log_in.username"), input({ autocomplete: "username", autocapitalize: "off", spellcheck: "false", maxlength: 256, required: true, autofocus: true }));
  const password = field(shared("log_in.password"), input({ type: "password", autocomplete: "current-password", maxlength: 1024, required: true }));
  const submit = button(shared("log_in.button"), () => {}, { kind: "primary" });
  const logIn = () => session.logIn(username.control.value.trim(), password.control.value);
  return form([username.node, password.node], submit, logIn, { fields: { username, password } });
}

function openIdButton() {
  const place = element("div", { class: "openid" });
  const offer = async () => {
    const response = await fetch(`${ROOT}agent/v1/login-options`);
    /** @type {Api.LoginOptions} */
    const { openid } = await response.json();
    if (openid) place.append(button(shared("log_in.with", { label: openid.label }), () => session.logInByOpenId(openid.url)));
  };
  offer().catch(() => {}); // without an answer the password remains, which says what is wrong
  return place;
}

/** @param {string} which */
function keyForm(which) {
  const key = field(shared("log_in.api_key"), input({ type: "password", autocomplete: "off", spellcheck: "false", maxlength: 1024, required: true }), { hint: which });
  const submit = button(shared("log_in.use_key"), () => {});
  return element("details", {}, [
    element("summary", {}, shared("log_in.key_instead")),
    form([key.node], submit, () => session.useKey(key.control.value.trim())),
  ]);
}
