// Why something was refused, in words for visitors. What they cannot meet keeps the server's words.

/** @import { Texts } from "./types" */


/** @type {{ [code: string]: "closed" | "ended" }} */
const TEXTS = { out_of_hours: "closed", conversation_ended: "ended" };

/**
 * The reason as it is kept: the code of one that has words in every language, else the server's words.
 *
 * @param {{ code: string, message: string }} refusal
 */
export function reasonOf({ code, message }) {
  return code in TEXTS ? code : message;
}

/**
 * @param {string} reason
 * @param {Texts} texts
 */
export function reasonInWords(reason, texts) {
  return reason in TEXTS ? texts[TEXTS[reason]] : reason;
}
