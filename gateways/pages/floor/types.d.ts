// The types of the floor. They are for checks and are not served.

/** The floor by the ids of its rows. `at` is the server's time of the last change, empty before the first. */
export interface FloorState {
  at: string;
  agents: Map<string, Api.LiveAgent>;
  queues: Map<string, Api.QueueState>;
  conversations: Map<string, Api.LiveConversation>;
  leftOut: number;
}

/** What has changed since the floor or the patch before. */
export interface FloorPatch {
  type: "patch";
  at: string;
  agents?: Api.LiveAgent[];
  queues?: Api.QueueState[];
  conversations?: Api.LiveConversation[];
  gone_agents?: string[];
  gone_queues?: string[];
  gone_conversations?: string[];
  conversations_left_out?: number;
}

export type FloorMessage = ({ type: "floor" } & Api.LiveFloor) | FloorPatch;

export type ViewName = "agents" | "queues" | "conversations";

/** What is shown, as the address says it. Empty texts do not restrict; `open` is the conversation beside the floor. */
export interface Filters {
  view: ViewName;
  text: string;
  team: string;
  queue: string;
  state: string;
  agent: string;
  sort: string;
  descending: boolean;
  open: string;
}

/** From where on a figure is a warning. Zero is never. Waits are in seconds, the service level in per cent. */
export interface Thresholds {
  waiting: number;
  oldest: number;
  serviceLevel: number;
  notReady: number;
  unanswered: number;
}

export type Level = "" | "warn" | "bad";

/** What an entry of a conversation's log is: a message that the customer sees, what only colleagues see, or a fact. */
export interface LogEntry {
  key: string;
  at: string;
  kind: "message" | "note" | "whisper" | "suggestion" | "fact";
  side: "customer" | "bot" | "agent" | "system";
  name: string;
  text: string;
}

export type ComposerMode = "whisper" | "message";
