// The workshop's wire: what the server sends and the one way to ask it.
import { ask as askServer, unanswered } from "../shared/ask";
import type { Answer } from "../shared/wire";
import { w } from "./words";

export interface Form {
  title: string;
  body: string;
  questions: string[];
  tags: string[];
  audience: string;
  language: string;
  review_by: string | null;
  translates: string;
  translated_from: string;
  owner: string;
}
export interface Line {
  slug: string;
  title: string;
  state: "published" | "draft" | "changed" | "scheduled";
  language: string;
  translates: string;
  is_stale: boolean;
  owner: string;
  tags: string[];
  review_by: string | null;
  review_is_due: boolean;
  editing: string[];
  last_shown: string | null;
  shown: number;
  solved: number;
  asked_for_person: number;
  left: number;
}
export interface Draft {
  text: string;
  base: string | null;
  revision: number;
  editor: string;
  saved_at: string;
  publish_at: string | null;
  failed: string | null;
}
export interface SheetFacts {
  slug: string;
  file: string | null;
  digest: string | null;
  published: string | null;
  text: string;
  form: Form;
  draft: Draft | null;
  editing: string[];
  problem: string | null;
  original: string | null;
}
export interface Preview {
  title: string;
  html: string;
  problems: string[];
}
export interface Version {
  number: number;
  editor: string;
  at: string;
  reason: string | null;
}
export interface Change {
  sign: string;
  line: string;
}
export interface Lost {
  slug: string;
  question: string;
  finds: string | null;
}
export interface Tried {
  verdict: "answer" | "ask" | "nothing";
  searched_for: string[];
  evidence: number;
  answers_from: number;
  candidates: { slug: string; title: string; score: number; why: string[] }[];
  action: string;
  replies: string[];
}
export interface Enclosure {
  name: string;
  path: string;
  is_picture: boolean;
}
export interface Arrivals {
  articles: { slug: string; title: string; language: string; source: string; fate: string; pictures: number; remarks: string[] }[];
  unread: { source: string; why: string }[];
  coming: number;
}
export interface Group {
  questions: { text: string; at: string; gap: string; ticket: string | null; conversation: string; seq: number }[];
  visitors: number;
  tickets: string[];
  gaps: Record<string, number>;
  slug: string | null;
}
export interface Numbers {
  articles: {
    slug: string;
    title: string;
    shown: number;
    solved: number;
    asked_for_person: number;
    left: number;
    last_shown: string;
    breached: string[];
  }[];
  days: { day: string; solved: number; asked_for_person: number; left: number; open: number }[];
}

/** Always an answer: a line that is down is a failure in words like any other. */
export function ask<T>(
  workspace: string,
  path: string,
  method = "GET",
  body?: object,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  return askServer(addressOf(workspace, path), w.offline, method, body, signal);
}

/** Bytes on their way, with how much of them has gone; `sent` hears 1 once all has and the server reads. */
export function send<T>(workspace: string, path: string, body: XMLHttpRequestBodyInit, sent: (share: number) => void): Promise<Answer<T>> {
  return new Promise((settle) => {
    const request = new XMLHttpRequest();
    request.open("POST", addressOf(workspace, path));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => sent(total ? loaded / total : 0);
    request.upload.onload = () => sent(1);
    request.onload = () => settle((request.response as Answer<T> | null) ?? unanswered(w.offline));
    request.onerror = () => settle(unanswered(w.offline));
    request.send(body);
  });
}

export function addressOf(workspace: string, path: string): string {
  return `/api/workspaces/${encodeURIComponent(workspace)}/workshop${path}`;
}
