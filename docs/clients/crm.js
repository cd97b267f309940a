/**
 * A CRM's page that holds the agent desktop in a frame and speaks with it. The messages stand in docs/embedding.md.
 *
 * Serve this folder by any web server whose origin is among `desk.embed_origins`, on another port or host than Hybrid
 * Chat, and open crm.html?desk=https://chat.example.com
 */

const VERSION = 1;
const GREETING_MILLISECONDS = 500;

const address = new URL(new URLSearchParams(location.search).get("desk") ?? "http://127.0.0.1:8080");
const at = (id) => document.getElementById(id);

const frame = document.createElement("iframe");
frame.title = "Hybrid Chat";
frame.allow = "autoplay; clipboard-write; notifications";
frame.src = new URL("desk?embed=crm", address.href.endsWith("/") ? address : `${address}/`);
document.body.append(frame);

let nonce = "";
let greeting = 0;
let number = 0;
const offers = new Map();

/** Sends a message to the desktop, and to nobody else: the target is its origin, never "*". */
function send(type, data = {}) {
  number += 1;
  at("refused").textContent = "";
  frame.contentWindow.postMessage({ hc: VERSION, id: String(number), type, ...data }, address.origin);
}

/** The desktop listens once the agent has logged in. Until it answers, it is greeted again. */
function greet() {
  clearInterval(greeting);
  nonce = crypto.randomUUID();
  at("connection").textContent = "The desktop does not answer yet.";
  greeting = setInterval(() => send("host.hello", { nonce }), GREETING_MILLISECONDS);
}

const HANDLERS = {
  "desk.hello": ({ nonce: answered, agent }) => {
    if (answered !== nonce) return;
    clearInterval(greeting);
    at("connection").textContent = `The desktop of ${agent} is connected.`;
  },
  "desk.bye": greet,
  "agent.state": ({ state, reason }) => (at("state").value = reason ? `${state} (${reason})` : state),
  unread: ({ count }) => (at("unread").value = count),
  "conversation.selected": ({ customer }) => {
    at("customer-name").textContent = customer?.name ?? "–";
    at("customer-id").textContent = customer?.id ?? "–"; // null unless it is proven; look the customer up by it
  },
  "task.offered": (task) => offers.set(task.task_id, task) && drawOffers(),
  "task.accepted": ({ task_id: id }) => offers.delete(id) && drawOffers(),
  "task.withdrawn": ({ task_id: id }) => offers.delete(id) && drawOffers(),
  "task.closed": ({ task_id: id }) => offers.delete(id) && drawOffers(),
  refused: ({ of, words }) => (at("refused").textContent = `${of}: ${words}`),
};

function drawOffers() {
  at("offers").replaceChildren(
    ...[...offers.values()].map(({ queue, expires_at: until }) => {
      const row = document.createElement("li");
      row.textContent = `${queue}, until ${new Date(until).toLocaleTimeString()}`;
      return row;
    }),
  );
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== address.origin || data?.hc !== VERSION) return;
  if (Object.hasOwn(HANDLERS, data.type)) HANDLERS[data.type](data);
});
frame.addEventListener("load", greet);

at("reply").addEventListener("submit", (event) => {
  event.preventDefault();
  send("reply.insert", { text: at("text").value });
});
at("note").addEventListener("click", () => send("note.insert", { text: at("text").value }));
at("ready").addEventListener("click", () => send("state.set", { state: "ready" }));
at("not-ready").addEventListener("click", () => send("state.set", { state: "not_ready", reason: "lunch" }));
at("dark").addEventListener("click", () => send("theme.set", { theme: "dark" }));
