// The types of what the desk knows. They are for checks and are not served.

/** An event of the agent's feed; its data are those of its type. */
export interface FeedEvent {
  type: string;
  at: string;
  data: any;
  version?: number;
  position?: number;
  conversation_id?: string;
}

/** What the agent does now: the answer of GET /agent/v1/me, without what each conversation has for itself. */
export interface Shift {
  agent: Api.Profile;
  state: string;
  reason: string | null;
  mrds: Api.MrdState[];
  tasks: Api.Task[];
  /** The end of the grace after a warning that the agent is idle. */
  idleUntil: string | null;
}

/** A conversation as it stands in lists. `unreadIds` are of what came since the page knows it. */
export interface Summary extends Api.Conversation {
  unreadIds?: string[];
}

/** Something in the log of a conversation, in the order in which it happened. */
export type LogEntry = { key: string; at: string } & (
  | { kind: "message"; id: string; version?: number; sender: Api.Sender; content: any; receipt: "unknown" | "failed" | "delivered" | "read" | null; undelivered: string | null }
  | { kind: "note" | "whisper"; id: string; agentId: string; name: string; text: string }
  | { kind: "suggestion"; id: string; bot: string; content: any }
  | { kind: "fact"; type: string; data: any }
);
