// Making nodes of drawings.

const SPACE = "http://www.w3.org/2000/svg";

/**
 * A node of a drawing. Attributes that are null are left out.
 *
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | null>} [attributes]
 * @param {(Node | string)[]} [children]
 */
export function svg(name, attributes = {}, children = []) {
  const made = document.createElementNS(SPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(attribute, String(value));
  }
  made.append(...children);
  return made;
}
