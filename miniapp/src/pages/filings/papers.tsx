import { Image, View } from "@tarojs/components";
import { useState } from "react";
import { useAttempt } from "../../ask.ts";
import { Icon } from "../../parts/icon.tsx";
import { Button, Press, role } from "../../parts/press.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { Note } from "../../parts/tell.tsx";
import { inBrowser } from "../../store.ts";
import { evidence } from "./drafts.ts";
import {
  dropPaper,
  dropSending,
  handIn,
  handInAgain,
  papersOf,
  pick,
  picturesOf,
  type Sending,
  sending,
} from "./upload.ts";

/** How many files one filing takes. */
const most = 6;

/** 拍照上传 · photographs or chooses papers for one filing (`of`), shows how far each is, and lets it be looked at or taken off. */
export function Papers({ of, tie }: { of: string; tie: string | null }) {
  evidence.use();
  const { papers } = papersOf(of);
  const onTheirWay = sending.use().filter((one) => one.of === of);
  const room = most - papers.length - onTheirWay.length;
  const { busy, said, attempt } = useAttempt<"camera" | "album">();
  const add = (how: "camera" | "album") =>
    attempt(how, async () => {
      for (const picked of await pick(how, room)) handIn(of, tie, picked);
    });
  const no = said("camera") ?? said("album");
  return (
    <>
      {papers.map((paper, i) => (
        <Kept
          key={paper.attachmentNo}
          title={`材料${i + 1}（${paper.name}）`}
          attachmentNo={paper.attachmentNo}
          tie={tie}
          onDrop={() => dropPaper(of, paper)}
        />
      ))}
      {onTheirWay.map((one) => (
        <OnItsWay key={one.requestNo} one={one} />
      ))}
      {no && <Note tone="stop">{no}</Note>}
      {room > 0 ? (
        <>
          <Button quiet disabled={busy !== null} onPress={() => add("camera")}>
            拍照
          </Button>
          <Button quiet disabled={busy !== null} onPress={() => add("album")}>
            {inBrowser ? "从手机里选照片或PDF" : "从相册里选"}
          </Button>
          <View className="muted">还可以加{room}份，一份最多10 MB。拍的时候把字拍清楚，四个角都拍到。</View>
        </>
      ) : (
        <View className="muted">最多{most}份，已经满了。</View>
      )}
    </>
  );
}

/** 一份材料 · one that was handed in: it can be looked at, and taken off while it is not used. */
export function Kept({
  title,
  attachmentNo,
  tie,
  onDrop,
}: {
  title: string;
  attachmentNo: string;
  tie: string | null;
  onDrop?: () => void;
}) {
  const [pictures, show] = useState<readonly string[]>([]);
  const { busy, said, attempt } = useAttempt<"look">();
  const look = () => attempt("look", async () => show(await picturesOf(attachmentNo, tie)));
  const no = said("look");
  return (
    <View className="paper-row">
      <View className="state done">
        <Icon name="done" />
        <View className="fill title">{title}</View>
      </View>
      <View className="buttons">
        <Press className="text-button" label={`看${title}`} disabled={busy !== null} onPress={look}>
          看一看
        </Press>
        {onDrop && (
          <Press className="text-button" label={`去掉${title}`} onPress={onDrop}>
            去掉
          </Press>
        )}
      </View>
      {no && <Note tone="stop">{no}</Note>}
      <Sheet title={pictures.length === 0 ? null : title} onClose={() => show([])}>
        {pictures.map((picture, i) => (
          <Image
            key={picture}
            className="picture"
            mode="widthFix"
            src={picture}
            aria-label={pictures.length === 1 ? title : `${title}，第${i + 1}页`}
          />
        ))}
      </Sheet>
    </View>
  );
}

function OnItsWay({ one }: { one: Sending }) {
  const { picked, share, no, again, requestNo } = one;
  const percent = Math.round(share * 100);
  return (
    <View className="paper-row">
      <View className="title">{picked.name}</View>
      {no === null ? (
        <>
          <View className="gauge" {...role("progressbar")} aria-label={`${picked.name}，${progressWords(percent)}`}>
            <View className="gone" style={{ width: `${percent}%` }} />
          </View>
          <View className="muted">{progressWords(percent)}</View>
        </>
      ) : (
        <>
          <Note tone="stop">{no}</Note>
          <View className="buttons">
            {again && (
              <Press className="text-button" label={`再传一次${picked.name}`} onPress={() => handInAgain(one)}>
                再传一次
              </Press>
            )}
            <Press className="text-button" label={`去掉${picked.name}`} onPress={() => dropSending(requestNo)}>
              去掉
            </Press>
          </View>
        </>
      )}
    </View>
  );
}

const progressWords = (percent: number) => (percent < 100 ? `正在传，${percent}%` : "传完了，正在检查");
