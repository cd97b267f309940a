// The menu of the one who is logged in: how the pages look, the password, and logging out.

/** @import { MenuEntry } from "./controls/types" */
/** @import { PageOptions } from "./page.types" */
import { button } from "./controls/button.js";
import { openDialog } from "./controls/dialog.js";
import { field, form, input } from "./controls/field.js";
import { menuButton } from "./controls/menu.js";
import { notify } from "./controls/notices.js";
import { chosenLanguage, density, theme } from "./preferences.js";
import { session } from "./session/session.js";
import { LANGUAGES } from "./words.js";
import { shared } from "./words/shared.js";

/** @param {PageOptions} options */
export function accountMenu(options) {
  const { node } = menuButton(session.agent?.name ?? session.name, () => entries(options), { icon: "agent", kind: "quiet", class: "button quiet account", "aria-label": `${shared("account.menu")}: ${session.agent?.name ?? session.name}` });
  return node;
}

/**
 * @param {PageOptions} options
 * @returns {MenuEntry[]}
 */
function entries({ entries: own = () => [], logOut = () => session.logOut() }) {
  const languages = /** @type {[string, string][]} */ ([["", shared("language.system")], ...Object.entries(LANGUAGES)]);
  const more = own();
  return [
    ...more,
    more.length ? null : [],
    ...["system", "light", "dark"].map((each) => radio(shared("theme.label"), shared(/** @type {"theme.dark"} */ (`theme.${each}`)), theme, each)),
    null,
    ...["comfortable", "compact"].map((each) => radio(shared("density.label"), shared(/** @type {"density.compact"} */ (`density.${each}`)), density, each)),
    null,
    ...languages.map(([tag, words]) => radio(shared("language.label"), words, chosenLanguage, tag, () => location.reload())),
    null,
    session.isAgent ? { words: shared("account.change_password"), icon: /** @type {const} */ ("lock"), act: openPasswordDialog } : [],
    session.isAgent
      ? { words: shared("account.log_out"), icon: /** @type {const} */ ("log_out"), act: logOut }
      : { words: shared("account.log_out"), icon: /** @type {const} */ ("log_out"), act: () => session.forget() },
  ].flat();
}

/**
 * @template Value
 * @param {string} label
 * @param {string} words
 * @param {Signal<Value>} preference
 * @param {any} value
 * @param {() => void} [done]
 * @returns {MenuEntry}
 */
function radio(label, words, preference, value, done = () => {}) {
  const act = () => {
    preference.value = value;
    done();
  };
  return { words: `${label}: ${words}`, checked: preference.peek() === value, act };
}

function openPasswordDialog() {
  openDialog(shared("password.heading"), (close) => {
    const current = field(shared("password.current"), input({ type: "password", autocomplete: "current-password", maxlength: 1024, required: true }));
    const password = field(shared("password.new"), input({ type: "password", autocomplete: "new-password", maxlength: 1024, required: true }));
    const again = field(shared("password.again"), input({ type: "password", autocomplete: "new-password", maxlength: 1024, required: true }));
    const change = async () => {
      if (password.control.value !== again.control.value) return again.wrong(shared("password.differs"));
      await session.changePassword(current.control.value, password.control.value);
      notify(shared("password.changed"), { kind: "good" });
      close();
    };
    const submit = button(shared("account.change_password"), () => {}, { kind: "primary" });
    return form([current.node, password.node, again.node], submit, change, { fields: { current_password: current, password } });
  });
}
