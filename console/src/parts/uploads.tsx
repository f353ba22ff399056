import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined, UploadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { Refused } from "../../../shared/api/client.ts";
import type { AttachmentPurpose } from "../../../shared/attachment/attachment.ts";
import { accepted, handIn } from "./upload.ts";
import "./uploads.css";

/** 上传的文件 · one file on its way or kept; `why`: what kept it from getting there. */
export interface Upload {
  readonly requestNo: string;
  readonly file: File;
  readonly attachmentNo: string | null;
  readonly why: string | null;
}

/** Has every file got where it was to go? */
export const uploadsReady = (uploads: readonly Upload[]): boolean =>
  uploads.every(({ attachmentNo }) => attachmentNo !== null);

/** 上传材料 · chooses files, sends them, and says of each where it is; one that failed is sent again or taken off. */
export function Uploads({
  personNo,
  purpose,
  most,
  title,
  uploads,
  change,
}: {
  personNo: string;
  purpose: AttachmentPurpose;
  most: number;
  title: string;
  uploads: readonly Upload[];
  change: (how: (now: readonly Upload[]) => readonly Upload[]) => void;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  const set = (requestNo: string, news: Partial<Upload>) =>
    change((now) => now.map((one) => (one.requestNo === requestNo ? { ...one, ...news } : one)));
  const send = ({ requestNo, file }: Upload) => {
    set(requestNo, { why: null });
    handIn({ personNo, requestNo, purpose, file }).then(
      (attachmentNo) => set(requestNo, { attachmentNo }),
      (error: unknown) => {
        const refused = error instanceof Refused && error.status > 0;
        set(requestNo, {
          why: error instanceof Refused ? error.message : "没有传上去，请再传一次。",
          // What was looked at and not taken is another file next time.
          ...(refused && { requestNo: crypto.randomUUID() }),
        });
      },
    );
  };
  const add = (files: readonly File[]) => {
    const more = files
      .slice(0, most - uploads.length)
      .map((file): Upload => ({ requestNo: crypto.randomUUID(), file, attachmentNo: null, why: null }));
    change((now) => [...now, ...more]);
    for (const one of more) send(one);
  };
  const drop = (requestNo: string) => change((now) => now.filter((one) => one.requestNo !== requestNo));
  return (
    <>
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accepted}
        multiple={most > 1}
        aria-label={`选择${title}`}
        onChange={({ target }) => {
          add([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      {uploads.length > 0 && (
        <ul className="uploads" aria-label={title}>
          {uploads.map((one) => (
            <li key={one.requestNo}>
              <span className="one-line">{one.file.name}</span>
              <UploadState of={one} />
              {one.why !== null && (
                <Button size="small" onClick={() => send(one)}>
                  再传一次
                </Button>
              )}
              <Button size="small" onClick={() => drop(one.requestNo)}>
                去掉
              </Button>
            </li>
          ))}
        </ul>
      )}
      {uploads.some(({ why }) => why !== null) && <p className="muted">没有传上去的，再传一次或者去掉，才能往下办。</p>}
      {uploads.length < most && (
        <div>
          <Button icon={<UploadOutlined />} onClick={() => chooser.current?.click()}>
            选择{title}（照片或PDF，{most > 1 && `最多${most}个，`}每个不超过10 MB）
          </Button>
        </div>
      )}
    </>
  );
}

function UploadState({ of: { attachmentNo, why } }: { of: Upload }) {
  if (why !== null) {
    return (
      <span className="status-line stop" role="alert">
        <CloseCircleFilled /> {why}
      </span>
    );
  }
  if (attachmentNo === null) {
    return (
      <span className="status other" role="status">
        <LoadingOutlined /> 正在上传、检查
      </span>
    );
  }
  return (
    <span className="status done">
      <CheckCircleFilled /> 已收到
    </span>
  );
}
