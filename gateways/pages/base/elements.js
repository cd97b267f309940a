// Making DOM nodes. Text always goes in as text, never as markup.

/** An element with attributes and children; `true` sets an empty attribute, null and false leave it out. */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== false && value !== undefined) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...[children].flat().filter((child) => child !== null));
  return made;
}

/** A <details> whose content is made when it is first opened. */
export function disclosure(attributes, summary, makeContent) {
  const details = element("details", attributes, element("summary", {}, summary));
  const fill = () => details.append(...[makeContent()].flat());
  if (details.open) fill();
  else details.addEventListener("toggle", fill, { once: true });
  return details;
}

/** A text that only screen readers read out. */
export function unseen(text) {
  return element("span", { class: "visually-hidden" }, text);
}
