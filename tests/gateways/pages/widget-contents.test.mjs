// What the widget shows and sends beside plain text, as far as it knows of no page. Run with Node: `node --test`.

import assert from "node:assert/strict";
import { test } from "node:test";

const folder = `${process.env.PAGES}/widget`;
const { inline, mayBeMarked, parsed } = await import(`${process.env.PAGES}/base/text/markdown.js`);
const { answerInWords, answersOf } = await import(`${folder}/contents/answers.js`);
const { kindInWords, nameOf, sizeInWords } = await import(`${folder}/contents/sizes.js`);
const { isTaken } = await import(`${folder}/contents/limits.js`);
const { scoreOf } = await import(`${folder}/contents/rating.js`);
const { TEXTS: english } = await import(`${folder}/texts/en.js`);
const { TEXTS: words } = await import(`${folder}/texts/contents/en.js`);

/** A text that counts how many of its signs are looked at. */
class Counted extends String {
  static looks = 0;

  charAt(at) {
    Counted.looks += 1;
    return super.charAt(at);
  }

  indexOf(part, from = 0) {
    const found = super.indexOf(part, from);
    Counted.looks += (found < 0 ? this.length : found) - from;
    return found;
  }

  slice(from, to = this.length) {
    Counted.looks += Math.max(0, Math.min(to, this.length) - from);
    return new Counted(super.slice(from, to));
  }
}

function written(content) {
  return content.map((part) => part.text ?? (part.content ? written(part.content) : part)).join("");
}

test("the marks that people and bots write are read", () => {
  assert.deepEqual(inline("**bold**, *it* and _too_, `co*de`"), [
    { type: "strong", content: ["bold"] },
    ", ",
    { type: "emphasis", content: ["it"] },
    " and ",
    { type: "emphasis", content: ["too"] },
    ", ",
    { type: "code", text: "co*de" },
  ]);
  assert.deepEqual(inline("***both***"), [{ type: "strong", content: [{ type: "emphasis", content: ["both"] }] }]);
  assert.deepEqual(inline("这是**重点**"), ["这是", { type: "strong", content: ["重点"] }]);
  assert.deepEqual(inline("[the shop](https://shop.example/a_b_c)!"), [
    { type: "link", address: "https://shop.example/a_b_c", content: ["the shop"] },
    "!",
  ]);
});

test("what only looks like a mark stays what was written", () => {
  const texts = ["snake_case_name", "2*3*4 = 24", "a * b", "** not **", "`", "``", "[a] (b)", "https://a.example/_x_/y*z*", "*open", "\\", "[a](b c)"];
  for (const text of texts) assert.deepEqual(inline(text), [text]);
  assert.deepEqual(inline("\\*no\\* \\[x\\]"), ["*no* [x]"]);
});

test("no other addresses are linked to than those that texts are", () => {
  const addresses = ["javascript:alert(1)", "JAVASCRIPT:alert", "data:text/html,x", "//evil.example", "vbscript:x", "https://", "blob:https://a", "\u202ejavascript:x"];
  for (const address of addresses) assert.equal(written(inline(`[x](${address})`)), `[x](${address})`);
  assert.equal(inline("[x](https://a.example/\u202egpj.exe)")[0].address, "https://a.example/gpj.exe");
});

test("lines are read as paragraphs, headings, quotes, lists and code", () => {
  const blocks = parsed("# Head\none\ntwo\n\n> q\n>> r\n- a\n- b\n3. c\n   d\n```js\n*x*\n```\n```\nopen");
  assert.deepEqual(blocks.map((block) => block.type), ["heading", "paragraph", "quote", "list", "list", "code", "code"]);
  assert.deepEqual(blocks[1].content, ["one\ntwo"]);
  assert.deepEqual(blocks[2].content, ["q\nr"]);
  assert.deepEqual(blocks[3], { type: "list", first: null, items: [["a"], ["b"]] });
  assert.deepEqual(blocks[4], { type: "list", first: 3, items: [["c\nd"]] });
  assert.deepEqual([blocks[5].text, blocks[6].text], ["*x*", "open"]);
});

test("every text is read to its end, and what is no mark is kept, whatever it is", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const bits = ["**", "*", "_", "__", "`", "[", "](", ")", "https://a.example", " ", "\n", "\\", "x", "🙂", "> ", "- ", "1. ", "```", "#"];
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: random(14) }, () => bits[random(bits.length)]).join("");
    const read = written(inline(text));
    assert.equal(read.replace(/[^x🙂]/gu, ""), text.replace(/[^x🙂]/gu, ""), text);
    parsed(text);
  }
});

test("hostile texts nest no deeper and take no longer for their length", () => {
  const depth = (content) => 1 + Math.max(0, ...content.map((part) => (part.content ? depth(part.content) : 0)));
  const hostile = ["*", "_", "**a", "*a _b ", "[", "[a](", "](", "`a", "``", "[a](https://[", "https://", "mailto:", "\\", "*_[**__", "a\n", "> ", "- a\n", "> > "];
  for (const bit of hostile) {
    const looks = [1, 2].map((times) => {
      Counted.looks = 0;
      for (const { content = [] } of parsed(new Counted(bit.repeat(5_000 * times)))) assert.ok(depth(content) < 9, bit);
      return Counted.looks / times;
    });
    assert.ok(looks[1] <= looks[0] * 1.1, `${bit}: ${looks}`);
  }
  parsed(hostile.join("").repeat(1_000_000 / hostile.join("").length));
});

test("what may be marked is looked at closer, and plain text is not", () => {
  for (const text of ["**a**", "a `b`", "[a](b)", "- a", "1) a", "> a", "# a", "x\n- a"]) assert.ok(mayBeMarked(text), text);
  for (const text of ["Hello, how are you?", "10 - 5 = 5", "a > b", "See https://a.example/b"]) assert.ok(!mayBeMarked(text), text);
});

test("answers are what the API takes, and what is wrong is said for each field", () => {
  const field = (name, kind, required = false) => ({ name, kind, label: name, required });
  const fields = [field("n", "number"), field("e", "email", true), field("p", "phone"), field("d", "date"), field("c", "consent", true), field("o", "choices")];
  assert.deepEqual(answersOf(fields, { n: " 1,5 ", e: "ada@example.org", p: "+43 1 234", d: "2026-12-01", c: true, o: ["x", "y"] }), {
    answers: { n: 1.5, e: "ada@example.org", p: "+43 1 234", d: "2026-12-01", c: true, o: ["x", "y"] },
    wrong: {},
  });
  assert.deepEqual(answersOf(fields, { n: "many", e: "ada", p: "no", d: "soon", c: false, o: [] }).wrong, {
    n: "badNumber",
    e: "badEmail",
    p: "badPhone",
    d: "badDate",
    c: "consentNeeded",
  });
  assert.deepEqual(answersOf([field("t", "text", true)], { t: "  " }).wrong, { t: "fillIn" });
  assert.deepEqual(answersOf([field("t", "text"), field("u", "text")], { t: "", u: "" }).wrong, { t: "fillOne" });
  assert.deepEqual(answersOf([field("c", "consent")], { c: false }).answers, { c: false });
  assert.deepEqual(answersOf([field("t", "text")], { t: "x".repeat(4097) }).wrong, { t: "tooLong" });
  for (const reason of ["badNumber", "badEmail", "badPhone", "badDate", "consentNeeded", "fillIn", "fillOne", "tooLong", "choose"]) assert.ok(words[reason], reason);
});

test("answers are shown in words", () => {
  const inWords = (answer) => answerInWords(answer, words, "en");
  assert.deepEqual([true, false, 1234.5, ["a", "b"], "2026-12-01", "2026-99-99", "x"].map(inWords), ["Yes", "No", "1,234.5", "a, b", "December 1, 2026", "2026-99-99", "x"]);
});

test("files have names, kinds and sizes in words", () => {
  assert.deepEqual([0, 1, 999, 1024, 2_500_000, 10 * 1024 ** 2, 5e12].map((bytes) => sizeInWords(bytes, "en")), [
    "0 bytes", "1 byte", "999 bytes", "1 kB", "2.4 MB", "10 MB", "4,656.6 GB",
  ]);
  assert.equal(sizeInWords(2_500_000, "de"), "2,4 MB");
  assert.deepEqual([["a.tar.gz", ""], ["noending", "application/pdf"], [undefined, undefined], ["x.", "a/b+c"]].map(([name, type]) => kindInWords(name, type)), ["GZ", "PDF", null, null]);
  assert.deepEqual([{ name: "cod\u202efdp.exe" }, { url: "https://a.example/b/c%20d.pdf?x" }, { url: "https://a.example/%E0" }, { url: "no" }, {}].map(nameOf), ["codfdp.exe", "c d.pdf", "%E0", null, null]);
});

test("a browser is believed only about pictures, recordings and films", () => {
  const limits = { media_types: ["image/png", "text/csv"] };
  assert.deepEqual(["image/png", "image/svg+xml", "video/x-matroska", "application/vnd.ms-excel", ""].map((type) => isTaken(type, limits)), [true, false, false, true, true]);
});

test("a score of another scale is given in proportion", () => {
  assert.deepEqual([scoreOf(3), scoreOf(2, 3), scoreOf(10, 10), scoreOf(1, 10), scoreOf(5, 10), scoreOf(6, 10)], [3, 2, 5, 1, 3, 3]);
});

test("what is loaded later has every text in every language, with the same places, and no text twice", async () => {
  const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  assert.deepEqual(Object.keys(words).filter((name) => name in english), []);
  for (const language of ["ar", "de", "es", "fr"]) {
    const { TEXTS } = await import(`${folder}/texts/contents/${language}.js`);
    assert.deepEqual(Object.keys(TEXTS).sort(), Object.keys(words).sort());
    for (const name of Object.keys(words)) assert.deepEqual(places(TEXTS[name]), places(words[name]), `${language} ${name}`);
  }
});
