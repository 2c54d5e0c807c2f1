// Every key, made of the verbs themselves.
import type { JSX } from "preact";
import { keyName, VERBS } from "../verbs";
import { w } from "../words";
import { close } from "./dialog";

export function Keys(): JSX.Element {
  const inBox: [string, string][] = [
    ["Ctrl Enter", w.keySend],
    ["/", w.keyInsert],
    ["Esc", w.keyLeave],
  ];
  return (
    <>
      <dl class="keys">
        {VERBS.filter(({ key }) => key).map((verb) => line(keyName(verb), w.verbs[verb.name]))}
      </dl>
      <h3>{w.keyIn}</h3>
      <dl class="keys">{inBox.map(([key, does]) => line(key, does))}</dl>
      <button onClick={close}>{w.close}</button>
    </>
  );
}

function line(key: string, does: string): JSX.Element[] {
  return [
    <dt key={`${key} key`}>
      <kbd>{key}</kbd>
    </dt>,
    <dd key={`${key} does`}>{does}</dd>,
  ];
}
