// The types that the scripts of this page share. They are for checks and are not served.

export type Description = import("./description.js").Description;

/** The OpenAPI document, as far as it is drawn. A part with a `$ref` stands for the part that this names. */
export namespace OpenApi {
  interface Document {
    info: { title: string; version: string; summary: string; description: string };
    tags: Tag[];
    paths: { [path: string]: { [method: string]: Operation } };
    components: { securitySchemes: { [name: string]: { description: string } } };
    "x-events": { streams: Stream[]; signals: EventType[]; closings: Closing[] };
  }

  interface Tag {
    name: string;
    description?: string;
  }

  interface Operation {
    operationId: string;
    tags: string[];
    summary: string;
    description?: string;
    security: { [scheme: string]: string[] }[];
    parameters?: Parameter[];
    requestBody?: { required: boolean; content: Content };
    responses: { [status: string]: Response };
  }

  interface Feed extends Operation {
    "x-websocket": { subprotocols: string[] };
  }

  interface Parameter {
    name: string;
    in: string;
    description?: string;
    required?: boolean;
    schema: Schema;
  }

  interface Response {
    description: string;
    content?: Content;
    headers?: { [name: string]: Header };
  }

  interface Header {
    $ref?: string;
    description: string;
    schema: Schema;
  }

  interface Content {
    [media: string]: { schema?: Schema; example?: unknown };
  }

  interface Schema {
    $ref?: string;
    title?: string;
    description?: string;
    type?: string;
    format?: string;
    pattern?: string;
    enum?: unknown[];
    default?: unknown;
    anyOf?: Schema[];
    items?: Schema;
    properties?: { [name: string]: Schema };
    additionalProperties?: Schema | boolean;
    required?: string[];
    minLength?: number;
    maxLength?: number;
    minItems?: number;
    maxItems?: number;
    minimum?: number;
    maximum?: number;
    exclusiveMinimum?: number;
    "x-personal"?: boolean;
    "x-personal-where"?: unknown;
  }

  interface Stream {
    name: string;
    description: string;
    events: EventType[];
  }

  interface Event {
    type: string;
    data: Schema;
    version: number;
    seen_by: string[];
    hidden_from_customer?: string[];
  }

  interface Signal {
    type: string;
    data: Schema;
    hidden_from_customer?: never;
    feeds_of: string[];
  }

  type EventType = Event | Signal;

  interface Closing {
    code: number;
    meaning: string;
    remedy: string;
  }
}

/** What the navigation lists and the search finds. `part` names the element that draws it. */
export interface Entry {
  id: string;
  title: string;
  searched: string;
  part: "api-operation" | "api-event" | "api-closings" | "api-guide";
  href?: string;
  method?: string;
}

export interface OperationEntry extends Entry, DescribedOperation {
  method: string;
}

export type EventEntry = Entry & OpenApi.EventType;

export interface ClosingsEntry extends Entry {
  closings: OpenApi.Closing[];
}

export interface GuideEntry extends Entry {
  href: string;
}

/** An operation with its place. */
export interface DescribedOperation extends OpenApi.Operation {
  path: string;
  method: string;
  parameters: OpenApi.Parameter[];
  searched: string;
}

export interface Section {
  id: string;
  name: string;
  description?: string;
  entries: Entry[];
}

export interface Guide {
  path: string;
  title: string;
  words: string;
}

/** The element that draws an entry. */
export interface EntryPart extends HTMLElement {
  show(description: Description, entry: Entry): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "api-navigation": import("./navigation.js").ApiNavigation;
    "api-operation": EntryPart;
    "api-event": EntryPart;
    "api-closings": EntryPart;
    "api-guide": EntryPart;
  }
}

/** Which fields of an object are marked, and with what. */
export interface Direction {
  isMarked: (required: boolean) => boolean;
  mark: string;
}

export interface Field {
  name: string;
  schema: OpenApi.Schema;
  text?: string;
  place?: string | null;
  required?: boolean;
  direction: Direction;
}
