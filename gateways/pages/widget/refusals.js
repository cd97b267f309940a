// Why something was refused, in words for visitors. What they cannot meet keeps the server's words.

const TEXTS = { out_of_hours: "closed", conversation_ended: "ended" };

/** The reason as it is kept: the code of one that has words in every language, else the server's words. */
export function reasonOf({ code, message }) {
  return code in TEXTS ? code : message;
}

export function reasonInWords(reason, texts) {
  return texts[TEXTS[reason]] ?? reason;
}
