// What is changed of a policy: the lines of the form, what is wrong with them, and what they are as a whole.
import { ask } from "../shared/ask";
import type { Answer } from "../shared/wire";
import type { ArrangedCustomer, ArrangedQueue, Arrangement, PolicySheet, Proposal } from "./api";
import { w } from "./words";

/** A line keeps its number while its words change, so that the form knows it. */
export type Line<T> = T & { id: number };

export interface Form {
  queues: Line<ArrangedQueue & { isNew: boolean }>[];
  customers: Line<ArrangedCustomer>[];
  customers_else: string | null;
  origins: Line<{ origin: string }>[];
}

let last = 0;
export const numbered = <T extends object>(line: T): Line<T> => ({ ...line, id: ++last });

export function formOf({ queues, customers, customers_else, origins }: Arrangement): Form {
  return {
    queues: queues.map((queue) => numbered({ ...queue, isNew: false })),
    customers: customers.map(numbered),
    customers_else,
    origins: origins.map((origin) => numbered({ origin })),
  };
}

export function arranged({ queues, customers, customers_else, origins }: Form): Arrangement {
  return {
    queues: queues.map(({ key, name, routing, calendar }) => ({ key: key.trim(), name: name.trim(), routing, calendar })),
    customers: customers.map(({ domain, contact }) => ({ domain: bare(domain), contact })),
    customers_else,
    origins: origins.map(({ origin }) => bareOrigin(origin)),
  };
}

/** As the policy reads it, whatever was pasted. */
const bare = (domain: string) => domain.trim().replace(/^.*@/, "").toLowerCase();
const bareOrigin = (origin: string) => origin.trim().replace(/\/+$/, "");

export const places = {
  key: (id: number) => `queue-${id}-key`,
  name: (id: number) => `queue-${id}-name`,
  routing: (id: number) => `queue-${id}-routing`,
  calendar: (id: number) => `queue-${id}-calendar`,
  domain: (id: number) => `customer-${id}-domain`,
  contact: (id: number) => `customer-${id}-contact`,
  origin: (id: number) => `origin-${id}`,
};

/** Place → what is wrong there, found before anybody is asked. */
export function faultsOf(form: Form): Record<string, string> {
  const faults: Record<string, string> = {};
  const { queues, customers, origins } = arranged(form);
  const isTwice = (all: string[], at: number) => all.indexOf(all[at]!) < at;
  form.queues.forEach(({ id }, at) => {
    const { key, name } = queues[at]!;
    if (!/^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$/.test(key)) faults[places.key(id)] = w.arrange.wrong.key!;
    else if (isTwice(queues.map((each) => each.key), at)) faults[places.key(id)] = w.arrange.wrong.twice!;
    if (!name) faults[places.name(id)] = w.arrange.wrong.name!;
  });
  form.customers.forEach(({ id }, at) => {
    const { domain, contact } = customers[at]!;
    if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/.test(domain)) faults[places.domain(id)] = w.arrange.wrong.domain!;
    else if (isTwice(customers.map((each) => each.domain), at)) faults[places.domain(id)] = w.arrange.wrong.twice!;
    if (!contact) faults[places.contact(id)] = w.arrange.wrong.contact!;
  });
  form.origins.forEach(({ id }, at) => {
    if (!/^https?:\/\/[A-Za-z0-9.-]+(:\d+)?$/.test(origins[at]!)) faults[places.origin(id)] = w.arrange.wrong.origin!;
    else if (isTwice(origins, at)) faults[places.origin(id)] = w.arrange.wrong.twice!;
  });
  return faults;
}

/** The server's names of fields (`queues.helpdesk.name`, `origins.https://…`) as places of the form. */
export function placed(fields: Record<string, unknown>, form: Form): Record<string, string> {
  const { queues, customers, origins } = arranged(form);
  const found = Object.entries(fields).map(([field, words]): [string, string] => {
    const [section, ...rest] = field.split(".");
    const named = rest.join(".");
    const queue = queues.findIndex(({ key }) => named === key || named.startsWith(`${key}.`));
    const customer = customers.findIndex(({ domain }) => domain === named);
    const origin = origins.indexOf(named);
    if (section === "queues" && queue >= 0) {
      const of = named.slice(queues[queue]!.key.length + 1);
      const place = of === "name" || of === "routing" || of === "calendar" ? places[of] : places.key;
      return [place(form.queues[queue]!.id), String(words)];
    }
    if (section === "customers" && customer >= 0) return [places.domain(form.customers[customer]!.id), String(words)];
    if (section === "origins" && origin >= 0) return [places.origin(form.origins[origin]!.id), String(words)];
    return [field, String(words)];
  });
  return Object.fromEntries(found);
}

const policyOf = (workspace: string) => `/api/admin/workspaces/${encodeURIComponent(workspace)}/policy`;

export function propose(workspace: string, sheet: PolicySheet, wanted: Arrangement): Promise<Answer<Proposal>> {
  const body = { base: sheet.digest, was: sheet.arrangement, wanted };
  return ask<Proposal>(`${policyOf(workspace)}/proposal`, w.offline, "POST", body);
}

export function put(workspace: string, { digest, arrangement, doubts }: Proposal): Promise<Answer<{ version: string }>> {
  const body = { base: digest, wanted: arrangement, accepted: doubts.map(({ rule }) => rule) };
  return ask<{ version: string }>(policyOf(workspace), w.offline, "PUT", body);
}
