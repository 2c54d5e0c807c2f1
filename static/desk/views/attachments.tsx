// Files of a talk: those that came along with a message, and the way to send some.
import type { JSX } from "preact";
import type { Attachment } from "../../shared/wire";
import { Icon } from "../../shared/icons";
import type { Desk } from "../model";
import { w } from "../words";

/** Pictures are shown small and open large; everything else is a name to download by. */
export function Attached({ desk, files }: { desk: Desk; files: Attachment[] }): JSX.Element {
  const workspace = desk.row?.workspace ?? "";
  return (
    <ul class="attached">
      {files.map(({ id, name, width, height }) => (
        <li key={id}>
          <a href={`/api/workspaces/${workspace}/files/${id}`} target="_blank" rel="noopener">
            {width > 0 ? (
              <img src={`/api/workspaces/${workspace}/files/${id}`} alt={name} width={width} height={height} />
            ) : (
              <>
                <Icon name="page" size={16} /> {name}
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function SendFiles({ desk }: { desk: Desk }): JSX.Element {
  return (
    <label class="send-files">
      <Icon name="clip" size={16} /> {w.sendFiles}
      <input
        type="file"
        multiple
        onChange={({ currentTarget }) => {
          void desk.writing.sendFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </label>
  );
}
