/** A message or request that the page makes a form of: a field for each member, filled with the member's value. */
export interface CommandForm {
  readonly title: string;
  /** What is sent, as it would be without changes. */
  readonly message: Readonly<Record<string, unknown>>;
}

/** A button, with a form in front of it if its body has members. */
export interface PanelAction {
  readonly title: string;
  /** Path on the application's HTTP server. */
  readonly url: string;
  /** Default `POST`. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Its JSON body, as it would be without changes; a member left empty is not sent. Default none. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** A column: `number` is aligned and rounded, `time` is Unix seconds; default `text`, cut in the middle if it is long. */
export type PanelColumn = readonly [
  member: string,
  title: string,
  kind?: 'text' | 'number' | 'time',
];

/** A table of what a URL answers. */
export interface PanelTable {
  readonly title: string;
  /** Answers GET with a JSON array of objects, newest first; asked every two seconds while it is on the screen. */
  readonly url: string;
  /** Members to show, with their titles. */
  readonly columns: readonly PanelColumn[];
}

/** A page of the application's own inside the inspector, as data: the browser asks the application's HTTP endpoints. */
export interface InspectorPanel {
  readonly title: string;
  /** Answers GET with a JSON object, which is shown member by member. */
  readonly status?: string;
  readonly actions?: readonly PanelAction[];
  readonly table?: PanelTable;
}
