import {
  CheckCircleFilled,
  ReloadOutlined,
  RotateRightOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Segmented, Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { useRead } from "../../api.ts";
import { useKeys } from "../../keyboard.ts";
import { Empty, Wrong } from "../../parts/tell.tsx";
import { type Filing, type FilingOptions, rulesOf } from "./words.tsx";

/** 证据 · what stands behind a filing: papers as they were photographed, the commitment that was signed, or that nothing is asked for. */
export function FilingEvidence({ filing, options }: { filing: Filing; options: FilingOptions }) {
  const { attachments, commitment, agent } = filing;
  return (
    <>
      {attachments.length > 0 && (
        <Papers title="证明材料" attachmentNos={attachments.map(({ attachmentNo }) => attachmentNo)} />
      )}
      {agent?.attachmentNo && <Papers title="本人签的委托书" attachmentNos={[agent.attachmentNo]} />}
      {commitment && <Commitment filing={filing} />}
      {attachments.length === 0 && !commitment && <Nothing filing={filing} options={options} />}
    </>
  );
}

function Papers({ title, attachmentNos }: { title: string; attachmentNos: readonly string[] }) {
  const [at, setAt] = useState(0);
  const attachmentNo = attachmentNos[at] ?? attachmentNos[0]!;
  useKeys(Object.fromEntries(attachmentNos.map((_, i) => [String(i + 1), () => setAt(i)])));
  return (
    <section className="card panel" aria-label={title}>
      <header className="panel-head">
        <h2>
          {title}
          <span className="aside">{attachmentNos.length} 份</span>
        </h2>
        {attachmentNos.length > 1 && (
          <Segmented<number>
            aria-label="看哪一份"
            value={at}
            options={attachmentNos.map((_, i) => ({ value: i, label: `第 ${i + 1} 份` }))}
            onChange={setAt}
          />
        )}
      </header>
      <Attachment key={attachmentNo} attachmentNo={attachmentNo} />
    </section>
  );
}

/** 一份材料 · page by page, large, and the officer turns and enlarges it. */
function Attachment({ attachmentNo }: { attachmentNo: string }) {
  const look = useRead("attachments-agency.look", { params: { attachmentNo } });
  const [broken, setBroken] = useState(false);
  const [at, setAt] = useState(0);
  const pages = look.data?.urls.length ?? 0;
  const turnTo = (page: number) => setAt(Math.min(Math.max(page, 0), pages - 1));
  useKeys({ "]": () => turnTo(at + 1), "[": () => turnTo(at - 1) });
  const again = () => {
    setBroken(false);
    void look.refetch();
  };
  if (look.error || broken) {
    return (
      <div className="empty">
        <Wrong error={look.error ?? new Error("这份材料没有打开，看的时间可能过了。")} />
        <Button icon={<ReloadOutlined />} loading={look.isFetching} onClick={again}>
          再打开一次
        </Button>
      </div>
    );
  }
  const url = look.data?.urls[at];
  if (!url) return <Skeleton.Node active className="filing-paper-waiting" />;
  return (
    <>
      {pages > 1 && (
        <nav className="filing-paper-tools" aria-label="页">
          <Button disabled={at === 0} onClick={() => turnTo(at - 1)}>
            上一页 <kbd>[</kbd>
          </Button>
          <Button disabled={at === pages - 1} onClick={() => turnTo(at + 1)}>
            下一页 <kbd>]</kbd>
          </Button>
          <span className="muted number">
            第 {at + 1} 页，共 {pages} 页
          </span>
        </nav>
      )}
      <Picture key={url} url={url} failed={() => setBroken(true)} />
    </>
  );
}

const [smallest, largest, step] = [1, 4, 0.5];

function Picture({ url, failed }: { url: string; failed: () => void }) {
  const [zoom, setZoom] = useState(1);
  const [turns, setTurns] = useState(0);
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null);
  const box = useRef<HTMLElement>(null);
  const space = useWidth(box);
  const enlarge = (by: number) => setZoom((now) => Math.min(largest, Math.max(smallest, now + by)));
  const turn = () => setTurns((now) => (now + 1) % 4);
  const fit = () => {
    setZoom(1);
    setTurns(0);
  };
  useKeys({ "+": () => enlarge(step), "=": () => enlarge(step), "-": () => enlarge(-step), o: turn, "0": fit });
  const lying = turns % 2 === 1;
  const wide = natural && (lying ? natural.height : natural.width);
  const high = natural && (lying ? natural.width : natural.height);
  const scale = wide && high && space > 0 ? Math.min(space / wide, paperHeight / high) * zoom : null;
  return (
    <>
      <div className="filing-paper-tools">
        <Button icon={<ZoomOutOutlined />} disabled={zoom === smallest} onClick={() => enlarge(-step)}>
          缩小 <kbd>-</kbd>
        </Button>
        <Button icon={<ZoomInOutlined />} disabled={zoom === largest} onClick={() => enlarge(step)}>
          放大 <kbd>+</kbd>
        </Button>
        <Button icon={<RotateRightOutlined />} onClick={turn}>
          旋转 <kbd>o</kbd>
        </Button>
        <Button onClick={fit}>
          还原 <kbd>0</kbd>
        </Button>
        <span className="muted number">{Math.round(zoom * 100)}%</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is enlarged is scrolled with the arrow keys. */}
      <section className="filing-paper" ref={box} tabIndex={0} aria-label="材料的照片">
        <div
          className="filing-paper-sheet"
          style={scale === null ? undefined : { width: wide! * scale, height: high! * scale }}
        >
          <img
            src={url}
            alt="证明材料"
            onError={failed}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              setNatural({ width, height })
            }
            style={
              scale === null || natural === null
                ? { visibility: "hidden" }
                : {
                    width: natural.width * scale,
                    transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
                  }
            }
          />
        </div>
      </section>
    </>
  );
}

/** Pixels that a paper is high at most before it is enlarged: the form beside it stays in sight. */
const paperHeight = 620;

/** How wide an element is inside its scroll bars, as the window changes. */
function useWidth(box: React.RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** 承诺书 · what was signed in place of a paper, by whom and when, and by when the paper follows. */
function Commitment({ filing: { signed, proofBy, proofGiven } }: { filing: Filing }) {
  return (
    <section className="card panel said" aria-label="承诺书">
      <h2>承诺书</h2>
      <ol className="sentences">
        {signed?.sentences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ol>
      <p>
        {signed && `${signed.name}在${dayShown(signed.on)}签名承诺。`}
        {proofBy !== null &&
          (proofGiven ? (
            <span className="status done">
              <CheckCircleFilled /> 证明已经补交，等审核
            </span>
          ) : (
            `证明材料要在${dayShown(proofBy)}以前补交。`
          ))}
      </p>
    </section>
  );
}

/** Nothing was handed in: by which rule nothing is asked for, or that it is not handed in yet. */
function Nothing({ filing, options }: { filing: Filing; options: FilingOptions }) {
  const asked = options.kinds.find(({ kind }) => kind === filing.kind)?.papers ?? [];
  const rule = rulesOf(options, filing.kind).find(({ name }) => name.startsWith(filing.kindName));
  return (
    <section className="card panel said" aria-label="证明材料">
      <h2>证明材料</h2>
      {asked.length > 0 ? (
        <Empty>还没有交材料，也没有签承诺书。</Empty>
      ) : (
        <>
          <p className="filing-nothing">
            <CheckCircleFilled /> {filing.kindName}不要证明材料，不用看材料。
          </p>
          {rule && (
            <p>
              依据：{rule.standing === "assumed" ? <b className="assumed">暂定</b> : rule.cite}
              {rule.note && <span className="muted">　{rule.note}</span>}
            </p>
          )}
        </>
      )}
    </section>
  );
}
