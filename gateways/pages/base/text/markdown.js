// The few marks of Markdown that people and bots write in chats, read into a tree. Nothing here knows of a page.
//
// The text is read once from its beginning to its end: each mark can be open once at a time, so that the tree has a
// greatest depth, and what is looked for ahead is never looked for twice.

/** @import { Block, InlineNode, Inlines } from "./types" */
import { addressFrom, isBeginning } from "./links.js";

const FENCE = "```";
const BLANK = /^\s*$/;
const HEADING = /^#{1,6}\s+/;
const QUOTED = /^(?:\s*>)+\s?/;
const BULLET = /^\s*[-*+•]\s+/;
const NUMBER = /^\s*(\d{1,6})[.)]\s+/;
const CONTINUED = /^\s{2,}/;
const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const MARKED = /[*_`\\]|\]\(|^\s*(?:>|#{1,6}\s|[-+•]\s|\d{1,6}[.)]\s)/m;
/** @type {{ [mark: string]: "strong" | "emphasis" }} */
const TYPES = { "**": "strong", __: "strong", "*": "emphasis", _: "emphasis" };
const MAX_ADDRESS = 2048; // of the API

/**
 * Whether the text may hold a mark.
 *
 * @param {string} text
 */
export function mayBeMarked(text) {
  return MARKED.test(text);
}

/**
 * The text as blocks, each `{type, …}`: a "paragraph", "heading" or "quote" with `content`, "code" with `text`, and a
 * "list" with `items`, and `first` if it is numbered. Content is a list of texts and of "strong", "emphasis", "code"
 * and "link" with an `address`.
 *
 * @param {string} text
 */
export function parsed(text) {
  /** @type {Block[]} */
  const blocks = [];
  const lines = linesOf(text);
  for (let at = 0; at < lines.length; ) at = readBlock(lines, at, blocks);
  return blocks;
}

/** @param {string} text */
function linesOf(text) {
  /** @type {string[]} */
  const lines = [];
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    end = text.indexOf("\n", start);
    lines.push(text.slice(start, end < 0 ? text.length : end));
  }
  return lines;
}

/**
 * Reads the block that begins at this line, and returns the line after it.
 *
 * @param {string[]} lines
 * @param {number} at
 * @param {Block[]} blocks
 */
function readBlock(lines, at, blocks) {
  const line = lines[at];
  if (BLANK.test(line)) return at + 1;
  if (line.startsWith(FENCE)) return readCode(lines, at, blocks);
  if (HEADING.test(line)) {
    blocks.push({ type: "heading", content: inline(line.replace(HEADING, "")) });
    return at + 1;
  }
  if (QUOTED.test(line)) return readLines(lines, at, blocks, "quote", (each) => QUOTED.test(each));
  const number = NUMBER.exec(line);
  if (number) return readList(lines, at, blocks, NUMBER, Number(number[1]));
  if (BULLET.test(line)) return readList(lines, at, blocks, BULLET);
  return readLines(lines, at, blocks, "paragraph", isOfParagraph);
}

/**
 * @param {string[]} lines
 * @param {number} start
 * @param {Block[]} blocks
 */
function readCode(lines, start, blocks) {
  let end = start + 1;
  while (end < lines.length && !lines[end].startsWith(FENCE)) end += 1;
  blocks.push({ type: "code", text: lines.slice(start + 1, end).join("\n") });
  return end + 1;
}

/**
 * @param {string[]} lines
 * @param {number} start
 * @param {Block[]} blocks
 * @param {"quote" | "paragraph"} type
 * @param {(line: string) => boolean} isOfBlock
 */
function readLines(lines, start, blocks, type, isOfBlock) {
  let end = start + 1;
  while (end < lines.length && isOfBlock(lines[end])) end += 1;
  const found = lines.slice(start, end).map((line) => (type === "quote" ? line.replace(QUOTED, "") : line));
  blocks.push({ type, content: inline(found.join("\n")) });
  return end;
}

/** @param {string} line */
function isOfParagraph(line) {
  return !line.startsWith(FENCE) && ![BLANK, HEADING, QUOTED, NUMBER, BULLET].some((each) => each.test(line));
}

/**
 * @param {string[]} lines
 * @param {number} start
 * @param {Block[]} blocks
 * @param {RegExp} mark
 * @param {number?} first
 */
function readList(lines, start, blocks, mark, first = null) {
  /** @type {string[][]} */
  const items = [];
  let end = start;
  for (; end < lines.length; end += 1) {
    if (mark.test(lines[end])) items.push([lines[end].replace(mark, "")]);
    else if (CONTINUED.test(lines[end]) && isOfParagraph(lines[end])) items[items.length - 1].push(lines[end].replace(CONTINUED, ""));
    else break;
  }
  blocks.push({ type: "list", first, items: items.map((parts) => inline(parts.join("\n"))) });
  return end;
}

/**
 * The text of a block as a list of texts and nodes.
 *
 * @param {string} text
 */
export function inline(text) {
  return new Inline(text).read();
}

class Inline {
  #text;
  #at = 0;
  /**
   * What is open, from the outside in: each its mark and what it holds so far. The outermost has no mark.
   *
   * @type {{ mark: string, content: Inlines }[]}
   */
  #open = [{ mark: "", content: [] }];
  #hasTicks = true;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  read() {
    while (this.#at < this.#text.length) this.#step(this.#text.charAt(this.#at));
    this.#closeLiterally(1);
    return this.#open[0].content;
  }

  /** @param {string} sign */
  #step(sign) {
    if (sign === "\\" && PUNCTUATION.test(this.#text.charAt(this.#at + 1))) {
      this.#at += 1;
      this.#literal(1);
    } else if (sign === "`") this.#code();
    else if (sign === "*" || sign === "_") this.#mark(sign);
    else if (sign === "[") this.#bracket();
    else if (sign === "]") this.#link();
    else if (isBeginning(this.#text, this.#at)) this.#address();
    else this.#literal(1);
  }

  #code() {
    const end = this.#hasTicks ? this.#text.indexOf("`", this.#at + 1) : -1;
    this.#hasTicks = end >= 0;
    if (end <= this.#at + 1) {
      this.#literal(end < 0 ? 1 : 2);
      return;
    }
    this.#add({ type: "code", text: this.#text.slice(this.#at + 1, end) });
    this.#at = end + 1;
  }

  /** @param {string} sign */
  #mark(sign) {
    const double = this.#text.charAt(this.#at + 1) === sign;
    const inner = this.#innermost.mark;
    const mark = double && inner !== sign ? sign + sign : sign;
    const before = this.#text.charAt(this.#at - 1);
    const after = this.#text.charAt(this.#at + mark.length);
    const place = this.#open.findIndex((each) => each.mark === mark);
    if (place > 0 && closes(mark, before, after)) this.#close(place, { type: TYPES[mark] }, mark.length);
    else if (place < 0 && opens(mark, before, after)) this.#begin(mark);
    else this.#literal(mark.length);
  }

  /** Only the last bracket that was opened may become a link. */
  #bracket() {
    const place = this.#open.findIndex((each) => each.mark === "[");
    if (place > 0) this.#closeLiterally(place);
    this.#begin("[");
  }

  #link() {
    const place = this.#open.findIndex((each) => each.mark === "[");
    const address = place > 0 ? addressIn(this.#text, this.#at + 1) : null;
    if (address !== null) {
      this.#close(place, { type: "link", address: address.address }, address.end - this.#at);
      return;
    }
    if (place > 0) this.#closeLiterally(place);
    this.#literal(1);
  }

  /** An address that was written as it is stays one text, whatever marks it holds. */
  #address() {
    let end = this.#at + 1;
    while (end < this.#text.length && !/[\s*`[\]()]/.test(this.#text.charAt(end))) end += 1;
    this.#literal(end - this.#at);
  }

  /** @param {string} mark */
  #begin(mark) {
    this.#open.push({ mark, content: [] });
    this.#at += mark.length;
  }

  /**
   * @param {number} place
   * @param {{ type: "link", address: string } | { type: "strong" | "emphasis" }} node
   * @param {number} length
   */
  #close(place, node, length) {
    this.#closeLiterally(place + 1);
    const { content } = this.#innermost;
    this.#open.pop();
    if (content.length) this.#add({ ...node, content });
    this.#at += length;
  }

  /**
   * What was never closed is the text that it was written as.
   *
   * @param {number} place
   */
  #closeLiterally(place) {
    while (this.#open.length > place) {
      const { mark, content } = this.#innermost;
      this.#open.pop();
      this.#add(mark);
      for (const each of content) this.#add(each);
    }
  }

  /** @param {number} length */
  #literal(length) {
    this.#add(this.#text.slice(this.#at, this.#at + length));
    this.#at += length;
  }

  /** @param {string | InlineNode} part */
  #add(part) {
    const { content } = this.#innermost;
    const before = content.at(-1);
    if (typeof part === "string" && typeof before === "string") content[content.length - 1] = before + part;
    else content.push(part);
  }

  get #innermost() {
    return this.#open[this.#open.length - 1];
  }
}

/**
 * @param {string} mark
 * @param {string} before
 * @param {string} after
 */
function opens(mark, before, after) {
  return after !== "" && !/\s/.test(after) && (mark === "**" || !WORD.test(before));
}

/**
 * @param {string} mark
 * @param {string} before
 * @param {string} after
 */
function closes(mark, before, after) {
  return !/\s/.test(before) && (mark === "**" || !WORD.test(after));
}

/**
 * The address in the round brackets that begin here, and where they end; null if there are none with an address.
 *
 * @param {string} text
 * @param {number} start
 */
function addressIn(text, start) {
  if (text.charAt(start) !== "(") return null;
  let end = start + 1;
  while (end < text.length && !/[\s()[\]]/.test(text.charAt(end))) end += 1;
  if (text.charAt(end) !== ")" || end - start > MAX_ADDRESS) return null;
  const address = addressFrom(String(text.slice(start + 1, end)));
  return address === null ? null : { address, end: end + 1 };
}

