// Files in a chunk of its own: taking them in before a message carries them, and drawing those that came.
// Pictures are fetched with the session's token and drawn on a canvas, so that no token stands in an address and the
// host page's policy need not allow pictures from anywhere.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Answer, Attachment } from "../shared/wire";
import { Icon } from "../shared/icons";
import type { Model } from "./model";
import { SOON_AGAIN } from "./transport";

interface Chosen {
  file: File;
  taken?: Attachment;
  failed?: string;
  /** The server will not have this file, however often it is sent. */
  isRefused?: boolean;
}

const WIDEST = 240;

export class Files {
  private chosen: Chosen[] = [];

  constructor(
    private readonly model: Model,
    private readonly changed: () => void,
  ) {}

  get isBusy(): boolean {
    return this.chosen.some(({ taken, failed }) => !taken && !failed);
  }

  get taken(): Attachment[] {
    return this.chosen.flatMap(({ taken }) => taken ?? []);
  }

  add(file: File): void {
    const chosen: Chosen = { file };
    this.chosen = [...this.chosen, chosen];
    void this.take(chosen);
  }

  clear(): void {
    this.chosen = [];
  }

  /** What goes along with the next message. */
  draw(): JSX.Element | null {
    const { model } = this;
    if (!this.chosen.length) return null;
    return (
      <ul class="files">
        {this.chosen.map((chosen, i) => (
          <li class="file" key={i}>
            <span role={chosen.failed ? "alert" : undefined}>{this.state(chosen)}</span>
            {chosen.failed && !chosen.isRefused && (
              <button type="button" class="link" onClick={() => void this.take(chosen)}>
                {model.words.tryAgain}
              </button>
            )}
            <button
              type="button"
              aria-label={model.says("detach", { name: chosen.file.name })}
              onClick={() => this.remove(chosen)}
            >
              <Icon name="close" size={16} />
            </button>
          </li>
        ))}
      </ul>
    );
  }

  drawSent(files: Attachment[]): JSX.Element {
    return (
      <div class="files">
        {files.map((file) => (
          <Sent key={file.id} files={this} model={this.model} file={file} />
        ))}
      </div>
    );
  }

  /** The bytes, for whoever holds the session. */
  async fetch(id: string): Promise<Blob> {
    const answer = await fetch(`${this.address}/${id}`, { headers: this.headers, credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  }

  private state({ file, taken, failed }: Chosen): string {
    const { model } = this;
    if (failed) return model.says("notSent", { why: `${file.name}: ${failed}` });
    return taken ? taken.name : model.says("attaching", { name: file.name });
  }

  private remove(chosen: Chosen): void {
    this.chosen = this.chosen.filter((other) => other !== chosen);
    this.changed();
  }

  private async take(chosen: Chosen): Promise<void> {
    delete chosen.failed;
    this.changed();
    try {
      const where = `${this.address}?name=${encodeURIComponent(chosen.file.name)}`;
      const how = { method: "POST", body: chosen.file, headers: this.headers, credentials: "omit" as const };
      const answer = (await (await fetch(where, how)).json()) as Answer<{ file: Attachment }>;
      if (answer.ok) chosen.taken = answer.file;
      else {
        chosen.failed = answer.error.message;
        chosen.isRefused = !SOON_AGAIN.has(answer.error.code);
      }
    } catch {
      chosen.failed = this.model.words.offline;
    }
    this.changed();
  }

  private get address(): string {
    const { origin, workspace } = this.model.options;
    return `${origin}/api/widget/${encodeURIComponent(workspace)}/files`;
  }

  private get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.model.talk.token}` };
  }
}

/** A picture to look at, or a name to download by; a tap fetches the file. */
function Sent({ files, model, file }: { files: Files; model: Model; file: Attachment }): JSX.Element {
  const download = async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await files.fetch(file.id));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <button
      class="file"
      aria-label={model.says("fetchFile", { name: file.name })}
      onClick={() => void download().catch(() => undefined)}
    >
      {file.width > 0 ? (
        <Picture files={files} file={file} />
      ) : (
        <>
          <Icon name="page" size={16} /> {file.name}
        </>
      )}
    </button>
  );
}

function Picture({ files, file }: { files: Files; file: Attachment }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = Math.min(WIDEST, file.width);
  const height = Math.max(1, Math.round((width * file.height) / file.width));
  useEffect(() => {
    let isWanted = true;
    files
      .fetch(file.id)
      .then((blob) => createImageBitmap(blob, { resizeWidth: 2 * width, resizeHeight: 2 * height }))
      .then((bitmap) => isWanted && canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0, 2 * width, 2 * height))
      .catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [file.id]);
  // The place is kept from the start: nothing moves when the picture arrives.
  return <canvas ref={canvas} width={2 * width} height={2 * height} style={{ width: `${width}px`, height: `${height}px` }} />;
}
