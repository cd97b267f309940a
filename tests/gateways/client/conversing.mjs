// Plays both sides with the client at argv[2] on the server at argv[3], and prints each event that the customer sees.

const [client, url, password] = process.argv.slice(2);
const { Agent, Conversation, ProblemError } = await import(client);

const alice = await Agent.logIn(url, "alice", password);
await alice.go("ready");
const conversation = await Conversation.start(url, { channel: "web-direct", text: "Hello" });

for await (const event of alice.events()) {
  if (event.type === "TaskReserved") await alice.accept(event.data.task_id);
  if (event.type === "AgentJoined") break;
}

for await (const event of conversation.events()) {
  console.log(JSON.stringify({ conversation_id: conversation.id, ...event }));
  if (event.data.content?.text === "Good morning") await conversation.post("I have a question");
  if (event.data.content?.text === "I have a question") break;
}

try {
  await Conversation.start(url, { channel: "web-direct", queue: "no such queue" });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.log(JSON.stringify({ type: error.code }));
}
