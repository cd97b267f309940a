// The types that the scripts of this page share. They are for checks and are not served.

export type Commands = import("./hybridchat").Commands;
export type Options = import("./hybridchat").Options;
export type Chat = import("./chat.js").Chat;
export type Visitor = import("./visitor.js").Visitor;
export type ChatStorage = import("./storage.js").Storage;
export type Texts = typeof import("./texts/en.js").TEXTS;

export type EventForCustomer<Type extends Api.CustomerFeedEvent["type"]> = Extract<Api.CustomerFeedEvent, { type: Type }>;

/** What an event makes of a state. */
export type Handler<State> = ((state: State, event: object) => State) | undefined;

/** What a customer may post. */
export type Postable = Api.PostMessage["content"];

/** What a message of the log may hold. */
export type Content = Api.MessagePostedForCustomer["content"];

export interface LogMessage {
  id: string;
  version: number;
  at: string;
  sender: Api.Sender;
  content: Content;
  file?: undefined;
  notice?: undefined;
  own?: undefined;
}

/** A line of the log that nobody has written. */
export interface LogNotice {
  id: string;
  version: number;
  at: string;
  notice: "joined" | "left" | "ended";
  name?: string;
  sender?: undefined;
  content?: undefined;
  own?: undefined;
}

/** A message that is on its way, in the log. */
export interface OwnItem {
  id: string;
  own: Entry;
  version?: undefined;
  at?: undefined;
  sender?: undefined;
  content?: undefined;
  notice?: undefined;
}

export type LogItem = LogMessage | LogNotice | OwnItem;

/** A conversation as its customer sees it. `version` is the feed's cursor. */
export interface Conversation {
  version: number;
  status: "none" | "bot" | "waiting" | "agent" | "ended";
  messages: (LogMessage | LogNotice)[];
  /** The names of the agents, by their ids. */
  agents: { [id: string]: string };
  typing: string[];
  place: number | null;
  estimatedWaitSeconds: number | null;
  remindedUntil: string | null;
  rating: number | null;
  /** What has become of the customer's last message. */
  receipt: "delivered" | "read" | null;
}

/** A file as the visitor's device has it. */
export interface FileDescription {
  name: string;
  media_type: string;
  size: number;
}

/** What is known of a message beside its content: why it was refused, its file, and whether that is being uploaded. */
export interface KnownOfEntry {
  file?: FileDescription;
  refused?: string;
  uploading?: boolean;
}

/** A message in the outbox. */
export interface Entry extends KnownOfEntry {
  id: string;
  at: number;
  content: Postable;
  sender?: undefined;
}

export type StartRequest = Api.StartConversationRequest & { id: string };

/** A conversation in the browser. `path` and `token` are there once it has started, `subject` where the site has signed who
 *  the customer is, and `returned` where it was begun elsewhere. */
export interface KeptConversation {
  request?: StartRequest;
  path?: `conversations/${string}`;
  token?: string;
  subject?: string;
  returned?: boolean;
  endedAt?: number;
}

export type StartedKept = KeptConversation & { request: StartRequest };

export type ConnectionState = "none" | "connecting" | "live" | "interrupted" | "over";

/** What a connection asks of the chat, and tells it. */
export interface ConnectionListener {
  /** What is to be kept of a new start. */
  begin(): StartedKept;
  /** Has the server start or find the conversation. */
  start(kept: StartedKept): Promise<Api.StartedConversation>;
  /** The version that is known. */
  cursor(): number;
  /** Something else is kept. */
  changed(): void;
  sent(entry: Entry): void;
  events(events: Api.CustomerFeedEvent[]): void;
  state(state: ConnectionState): void;
  /** The server does not know the events that were read. */
  lost(): void;
  /** The conversation cannot be started. */
  refused(reason: string): void;
}

/** The settings of a channel's widget, with texts and questions, if only empty. */
export type Settings = Api.WidgetSettings & Required<Pick<Api.WidgetSettings, "texts" | "form">>;

/** Sends a message to the loader. */
export type Send = (type: string, data?: object) => void;

export interface Theme {
  accent?: string | null;
  scheme?: string;
}

/** What a JSON Web Token says of the visitor, as far as the widget reads it. */
export interface Claims {
  sub?: string;
  exp?: number;
  name?: string;
  email?: string;
  phone?: string;
  phone_number?: string;
}

export interface Answers {
  customer?: Api.ClaimedCustomer;
  attributes?: { [name: string]: unknown };
  queue?: string;
}

/** The parts of the chat that views are drawn from. */
export interface ViewParts {
  chat: Chat;
  visitor: Visitor;
  texts: Texts;
  /** The tag by which times are written. */
  locale: string;
  language: string;
  storage: ChatStorage;
  settings: Settings;
  send: Send;
}

/** What the rows of the log share. */
export interface RowContext extends Answering {
  chat: Chat;
  texts: Texts;
  locale: string;
  time: Intl.DateTimeFormat;
  edit: (id: string) => void;
  send: (content: Postable) => void;
}

/** Whether anything may be sent, a message waits for an answer, and a message is the last of the customer's. */
export interface Answering {
  isOngoing: () => boolean;
  isOpen: (item: LogItem) => boolean;
  isLastOwn: (item: LogItem) => boolean;
}

/** What the parts of a row share. */
export interface OfMessage {
  /** The sender's. */
  name: string;
  isOwn: boolean;
  isPending: boolean;
  isRefused: boolean;
}

export type LogNotification = LogMessage & { content: Api.NotificationContent };

/** What stands in the log as somebody's. */
export type SomebodysItem = LogMessage | OwnItem;

export type ContentTexts = Texts & typeof import("./texts/contents/en.js").TEXTS;
export type NameOfText = keyof ContentTexts;

/** What shows and sends all that is no plain text. */
export interface Loaded {
  view: typeof import("./contents/contents.js");
  texts: typeof import("./texts/contents/en.js").TEXTS;
}

/** What contents are drawn from, of one message. */
export interface ContentContext extends OfMessage {
  chat: Chat;
  texts: ContentTexts;
  locale: string;
  send: (content: Postable) => void;
  isOpen: () => boolean;
  isOngoing: () => boolean;
}

/** A message of the log or of the outbox. */
export interface Message {
  id: string;
  content: Content | Postable;
  file?: FileDescription;
}

/** What may have a name in words. */
export interface InWords {
  text?: string | null;
  title?: string;
  name?: string | null;
}

export interface MediaContent {
  type: "image" | "audio" | "video" | "file" | "attachment";
  url?: string | null;
  attachment_id?: string | null;
  name?: string | null;
  media_type?: string | null;
  size?: number | null;
  text?: string | null;
}

/** A file of the conversation. `address` is its own on this page once it is ready, and empty before. */
export interface ChatFile {
  state: Signal<"none" | "loading" | "failed" | "ready">;
  address: string;
  load: () => Promise<void>;
}

export interface Access {
  path: string;
  token: string | undefined;
}

/** What may be sent beside text. */
export type Offers = Pick<Settings, "attachments" | "location">;

/** An upload of this page. */
export interface Uploading {
  progress: Signal<number>;
  leaving: AbortController;
}

export type FormValue = string | boolean | string[];
export type FormAnswer = Api.FormAnswersContent["answers"][string];

/** A control of a form: its node, and how to read it and to give it the focus. */
export interface FormControl {
  node: HTMLElement;
  value: () => FormValue;
  focus: () => void;
}

/** Tells the page around of an event. */
export type Emit = (name: string, data?: object) => void;

/** What the loader hands to the invitation. */
export interface Invited {
  options: LoaderOptions & { invitation: LoaderInvitation };
  root: ShadowRoot;
  launcher: HTMLElement;
  mark: (name: string, value?: string) => string | null;
  signal: AbortSignal;
  emit: (type: string) => void;
}

/** What the server has of the channel's invitation in the loader. */
export interface LoaderInvitation {
  text: { [language: string]: string };
  seconds: number;
  paths: string[];
  visitors: "all" | "new" | "returning";
  exit: boolean;
}

/** What the loader knows: what the server has filled in, and what the page has started the widget with. */
export interface LoaderOptions extends Options {
  fallback?: string;
  launcher?: string;
  invitation?: LoaderInvitation;
}

/** What the loader makes or learns later: nothing of it is there at first. */
export type LoaderState = [
  dialog: HTMLDialogElement,
  frame: HTMLIFrameElement,
  lost: HTMLElement,
  heard: boolean,
  alarm: number,
  last: Element | null,
  identity: Parameters<Commands["identify"]>[0] | null,
  started: (widget: unknown) => void,
];

/** What stands at `window.hybridchat`: before the loader came, no more than the queue of the commands. */
export interface Widget extends Commands {
  (command: string, ...given: any[]): unknown;
  q?: Iterable<[string, ...any[]]>;
  version?: number;
  ready: Promise<unknown>;
}

export type CallbackTexts = Texts & typeof import("./texts/callback/en.js").TEXTS;
export type Refusal = import("./api.js").Refusal;
export type Asking = import("./callback-request.js").CallbackRequest;
export type CallbackStatus = "none" | "sending" | "waiting" | "agent" | "cancelled" | "missed" | "done" | "lost";

/** How a callback goes on. `version` is the feed's cursor. */
export interface CallbackProgress {
  version: number;
  status: CallbackStatus;
  agent: string | null;
  place: number | null;
  estimatedWaitSeconds: number | null;
}

/** A number as the visitor has typed it, and the country that was chosen for it. */
export interface TypedNumber {
  typed: string;
  country?: string;
}

/** A callback in the browser; of one that is over, no more than how it ended. */
export interface KeptCallback {
  channel?: string;
  request?: Api.CallbackRequest;
  number?: TypedNumber;
  /** The token of the chat in which the customer waited. */
  chat?: string;
  path?: `conversations/${string}`;
  token?: string;
  wantedAt?: string;
  moved?: boolean;
  over?: CallbackStatus;
}

/** What the views of a callback are drawn from. */
export interface CallbackParts {
  asking: Asking;
  texts: CallbackTexts;
  locale: string;
  /** The visitor's time zone. */
  zone: string;
  /** The visitor's name, if it is known. */
  name: string | null | undefined;
}

/** A field of a form. */
export interface Field {
  made: HTMLElement;
  control: HTMLInputElement | HTMLSelectElement;
  show: (fault: string) => void;
  isWrong: () => boolean;
}

/** The calling codes by the codes of the countries. */
export type CallingCodes = Api.CallbackOptions["calling_codes"];
export type Openings = Api.CallbackOptions["openings"];

/** `leave()` goes back to the chat, where there is one. */
export interface Leaving {
  leave: (() => void) | null;
}

/** Whether the visitor waits in the chat. */
export interface Waiting {
  isWaiting: () => boolean;
}

declare global {
  interface Window {
    hybridchat?: Widget;
  }
}

/** A question before the chat, as the fields of forms have them. */
export type Question = Settings["form"][number] & { required: boolean; options: (string | Api.OfferedChoice)[] };

/** A field of a form, of the log or before the chat. */
export interface AskedField {
  name: string;
  label: string;
  kind?: string;
  required?: boolean;
  options?: (string | Api.OfferedChoice)[];
}

/** Of a row with its texts, those of the contents among them. */
export type PartContext = RowContext & OfMessage & { texts: ContentTexts };

/** A place beside the chat, which takes the focus while it is on. */
export interface Place {
  isOn: () => boolean;
  focus: () => void;
}

/** What a customer can press in a message: buttons, and those of cards. */
export interface Pressable {
  buttons?: Api.Button[];
  cards?: Api.Card[];
}
