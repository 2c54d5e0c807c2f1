// What the policy file of a workspace says of queues, customers and pages, and the way to change it.
import type { JSX } from "preact";
import { fill, w as d } from "../../desk/words";
import type { Administration } from "../model";
import { w } from "../words";

export function Policy({ admin }: { admin: Administration }): JSX.Element {
  const here = admin.here;
  if (!here) return <p class="empty">{w.noWorkspace}</p>;
  const customers = Object.entries(here.customers);
  return (
    <section class="room" aria-label={here.name}>
      <p class="soft">{fill(w.policyHow, { file: `${here.workspace}.yaml` })}</p>
      {admin.sheet?.locked ? (
        <p class="notice">{fill(w.arrange.locked[admin.sheet.locked] ?? "", { file: admin.sheet.file })}</p>
      ) : (
        admin.sheet && (
          <div class="tools">
            <a class="button primary" data-new href={admin.to("policy", "change")}>
              {w.arrange.change}
            </a>
          </div>
        )
      )}
      <table class="cards">
        <caption>{w.queues}</caption>
        <thead>
          <tr>
            <th scope="col">{w.queue}</th>
            <th scope="col">{w.routing}</th>
            <th scope="col">{w.servedBy}</th>
          </tr>
        </thead>
        <tbody>
          {here.queues.map(({ key, name, routing, served_by }) => (
            <tr key={key}>
              <th scope="row">
                {name || key} {name && name !== key && <small>{key}</small>}
              </th>
              <td data-label={w.routing}>{d.board.routings[routing] ?? routing}</td>
              <td data-label={w.servedBy}>{served_by.join(", ") || <em class="pill amber">{w.nobody}</em>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section class="apart" aria-label={w.customers}>
        <h2>{w.customers}</h2>
        {customers.length > 0 ? (
          <dl>
            {customers.map(([customer, contact]) => [<dt key={`${customer} who`}>{customer}</dt>, <dd key={customer}>{contact}</dd>])}
            {here.customers_else && [<dt key="else who">{w.everybodyElse}</dt>, <dd key="else">{here.customers_else}</dd>]}
          </dl>
        ) : (
          <p class="soft">
            {here.customers_else ? fill(w.oneForAll, { contact: here.customers_else }) : w.noCustomers}
          </p>
        )}
      </section>
      <section class="apart" aria-label={w.origins}>
        <h2>{w.origins}</h2>
        {here.allowed_origins.length > 0 ? (
          <ul>
            {here.allowed_origins.map((origin) => (
              <li key={origin}>
                <code>{origin}</code>
              </li>
            ))}
          </ul>
        ) : (
          <p class="soft">{w.anyOrigin}</p>
        )}
      </section>
    </section>
  );
}
