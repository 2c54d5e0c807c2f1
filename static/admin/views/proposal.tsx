// What a change of the policy would mean, shown before it is in force: in words, with its doubts, and in the file's lines.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fill, w as d } from "../../desk/words";
import { close, Modal } from "../../shared/modal";
import { dayAndTime } from "../../shared/times";
import type { Act, Proposal } from "../api";
import { language, w } from "../words";
import { Turned } from "./turned";

interface Props {
  proposal: Proposal;
  left(): void;
  put(proposal: Proposal): Promise<unknown>;
  again(): void;
}

export function ProposalDialog({ proposal, left, put, again }: Props): JSX.Element {
  const { acts, doubts, lines, words, meanwhile } = proposal;
  const [isMeant, setMeant] = useState(false);
  const [isUnread, setUnread] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const force = async () => {
    if (doubts.length && !isMeant) return setUnread(true);
    setBusy(true);
    await put(proposal);
    setBusy(false);
  };
  return (
    <Modal title={meanwhile ? w.arrange.moved : w.arrange.title} isWide left={left}>
      {meanwhile && (
        <>
          <p>
            {meanwhile.name
              ? fill(w.arrange.movedBy, { name: meanwhile.name, time: meanwhile.at ? dayAndTime(meanwhile.at, undefined, language) : "" })
              : w.arrange.movedOnDisk}
          </p>
          <Acts acts={meanwhile.acts} />
          <p>{w.arrange.onTop}</p>
        </>
      )}
      <Acts acts={acts} />
      {doubts.length > 0 && (
        <section class="notice" aria-label={w.arrange.doubts}>
          <h3>{w.arrange.doubts}</h3>
          <ul>
            {doubts.map(({ rule, words: said }) => (
              <li key={said}>{w.arrange.doubtWords[rule] ?? said}</li>
            ))}
          </ul>
          <label class="meant">
            <input
              type="checkbox"
              checked={isMeant}
              {...(isUnread && !isMeant && { "aria-invalid": true, "aria-describedby": "meant-wrong" })}
              onChange={(event) => setMeant(event.currentTarget.checked)}
            />{" "}
            {w.arrange.accept}
          </label>
          {isUnread && !isMeant && (
            <p class="wrong" id="meant-wrong" role="alert">
              {w.arrange.acceptFirst}
            </p>
          )}
        </section>
      )}
      <details>
        <summary>{w.arrange.lines}</summary>
        <ul class="soft" lang="en">
          {words.map((said) => (
            <li key={said}>{said}</li>
          ))}
        </ul>
        <pre class="lines" tabIndex={0}>
          {lines.map((line, at) => (
            <span key={at} class={line.startsWith("+") ? "added" : line.startsWith("-") ? "gone" : ""}>
              {`${line}\n`}
            </span>
          ))}
        </pre>
      </details>
      <p class="buttons">
        <button class="primary" disabled={isBusy} onClick={() => void force()}>
          {w.arrange.put}
        </button>
        {meanwhile && <button onClick={again}>{w.arrange.again}</button>}
        <button class="plain" autoFocus onClick={close}>
          {d.cancel}
        </button>
      </p>
    </Modal>
  );
}

function Acts({ acts }: { acts: Act[] }): JSX.Element {
  return (
    <ul class="changes">
      {acts.map(({ what, subject, before, after }) => (
        <li key={`${what} ${subject}`}>
          {w.arrange.changes[what] ?? what} <b>{what === "customer.else" ? "" : subject}</b>
          <Turned before={before} after={after} />
        </li>
      ))}
    </ul>
  );
}
