// Draws the page of the API's description outside a browser, with all disclosures open. It reads the description from
// standard input, and writes the words of the introduction and of each entry to standard output, as JSON.

class Node {
  attributes = {};
  children = [];
  listeners = {};
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }
  get open() {
    return "open" in this.attributes;
  }
}

const elements = new Map();
globalThis.HTMLElement = Node;
globalThis.customElements = { define: (name, made) => elements.set(name, made) };
globalThis.document = {
  baseURI: "http://127.0.0.1:8080/docs",
  createElement: (name) => new (elements.get(name) ?? Node)(),
};

const [folder] = process.argv.slice(2);
const { Description } = await import(`${folder}/description.js`);
const { introduction } = await import(`${folder}/introduction.js`);
const { sectionsOf } = await import(`${folder}/sections.js`);
await import(`${folder}/operation.js`);
await import(`${folder}/event.js`);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const description = new Description(JSON.parse(Buffer.concat(chunks).toString()));
const entries = sectionsOf(description).flatMap((section) => section.entries);
const drawn = entries.map((entry) => {
  const made = document.createElement(entry.part);
  made.show(description, entry);
  return [entry.id, words(made)];
});
console.log(JSON.stringify({ introduction: words(introduction(description)), ...Object.fromEntries(drawn) }));

function words(node) {
  if (typeof node === "string") return node;
  node.listeners?.toggle?.();
  return node.children.map(words).join(" ");
}
