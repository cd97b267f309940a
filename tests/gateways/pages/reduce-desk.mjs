// Reads what a desk knew and what came by its feed, and writes what it makes of them. Run by test_desk_reducers.py.

import { readFileSync } from "node:fs";

const folder = `${process.env.PAGES}/desk/state`;
const { reduceShift, shiftOf } = await import(`${folder}/shift.js`);
const { reduceSummary } = await import(`${folder}/summary.js`);

const { me, events, begun } = JSON.parse(readFileSync(0, "utf8"));
const reader = me.agent.agent_id;
let shift = shiftOf(me);
const summaries = new Map(me.conversations.map((each) => [each.conversation_id, each]));
const held = () => shift.tasks.filter(({ state }) => state !== "reserved").map(({ conversation_id: id }) => id);

for (const event of events) {
  shift = reduceShift(shift, event);
  const id = event.conversation_id;
  if (summaries.has(id)) summaries.set(id, reduceSummary(summaries.get(id), event, reader));
  for (const each of held()) if (!summaries.has(each)) summaries.set(each, begun[each]);
}

const conversations = held().map((id) => summaries.get(id));
process.stdout.write(JSON.stringify({ state: shift.state, reason: shift.reason, mrds: shift.mrds, tasks: shift.tasks, conversations }));
