// What few people ask for, in a chunk of its own: the talk to take away, and everything personal deleted.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Model } from "./model";

export function More({ model }: { model: Model }): JSX.Element {
  const { words } = model;
  const [says, tell] = useState("");
  const [isSure, ask] = useState(false);
  const tried = (what: () => Promise<unknown>) => () => {
    tell("");
    what().catch((error: Error) => tell(error.message));
  };
  const download = async () => {
    const text = (await model.transcript(false)) ?? "";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = `${model.options.workspace}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  const mail = async () => {
    await model.transcript(true);
    tell(words.mailed);
  };
  return (
    <div class="more">
      {isSure ? (
        <>
          <p>{words.eraseAsk}</p>
          <div class="choices">
            <button class="choice danger" onClick={tried(() => model.erase())}>
              {words.eraseYes}
            </button>
            <button class="choice" onClick={() => ask(false)}>
              {words.keep}
            </button>
          </div>
        </>
      ) : (
        <div class="choices">
          <button class="choice" onClick={tried(mail)}>
            {words.mailTranscript}
          </button>
          <button class="choice" onClick={tried(download)}>
            {words.download}
          </button>
          <button class="choice danger" onClick={tried(async () => ask(true))}>
            {words.erase}
          </button>
        </div>
      )}
      <p role="status">{says}</p>
    </div>
  );
}
