import { CameraOutlined, FileImageOutlined, FormOutlined } from "@ant-design/icons";
import { Button, Input, Segmented } from "antd";
import jsQR from "jsqr";
import { useEffect, useRef, useState } from "react";
import { type BusinessType, businessTypes } from "../../../../shared/credential/credential.ts";
import { businessTypeNames, purposeOf } from "../../../../shared/credential/purpose.ts";

/** 用途 · what a provider of a kind reads codes for, the usual one first. */
export function purposesOf(providerCode: string): { value: BusinessType; label: string }[] {
  const kind = providerCode.startsWith("P") ? "pharmacy" : "hospital";
  const own = businessTypeNames.filter((type) => purposeOf(type).kinds.includes(kind));
  return own.map((value) => ({ value, label: `${businessTypes[value]}（${value}）` }));
}

type Way = "camera" | "picture" | "text";
const largestSide = 1600;
const lookEvery = 250;

/** 扫码 · reads the text of a QR from the camera, from a picture, or as it was typed or read by a scanner that types. */
export function ScanCode({ read, busy = false }: { read: (text: string) => void; busy?: boolean }) {
  const [way, setWay] = useState<Way>("text");
  const [no, setNo] = useState("");
  const found = (text: string) => {
    setNo("");
    read(text.trim());
  };
  return (
    <div className="scan">
      <Segmented<Way>
        aria-label="怎么读码"
        value={way}
        options={[
          { value: "text", label: "扫码枪或粘贴", icon: <FormOutlined /> },
          { value: "camera", label: "摄像头", icon: <CameraOutlined /> },
          { value: "picture", label: "图片", icon: <FileImageOutlined /> },
        ]}
        onChange={(next) => {
          setNo("");
          setWay(next);
        }}
      />
      {way === "text" && <Typed found={found} busy={busy} />}
      {way === "camera" && <Camera found={found} fail={setNo} />}
      {way === "picture" && <Picture found={found} fail={setNo} />}
      {no && (
        <p className="wrong" role="alert">
          {no}
        </p>
      )}
    </div>
  );
}

function Typed({ found, busy }: { found: (text: string) => void; busy: boolean }) {
  const [text, setText] = useState("");
  const submit = () => {
    if (text.trim() === "") return;
    found(text);
    setText("");
  };
  return (
    <div className="scan-typed">
      <Input
        aria-label="码的内容"
        autoFocus
        size="large"
        maxLength={400}
        autoComplete="off"
        placeholder="扫码枪对准手机，内容会自动填进来"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          submit();
        }}
      />
      <Button type="primary" size="large" disabled={text.trim() === ""} loading={busy} onClick={submit}>
        读码
      </Button>
    </div>
  );
}

function Picture({ found, fail }: { found: (text: string) => void; fail: (words: string) => void }) {
  const look = async (file: File | undefined) => {
    if (!file) return;
    const bitmap = await createImageBitmap(file).catch(() => null);
    const text = bitmap && textIn(bitmap, bitmap.width, bitmap.height);
    if (text) found(text);
    else fail(bitmap ? "图片里没有找到码，请拍清楚一点再试。" : "这不是图片，请选一张照片或截图。");
  };
  return (
    <label className="scan-file">
      <span>选一张有码的图片</span>
      <input
        type="file"
        accept="image/*"
        aria-label="码的图片"
        onChange={({ target }) => {
          void look(target.files?.[0]);
          target.value = "";
        }}
      />
    </label>
  );
}

function Camera({ found, fail }: { found: (text: string) => void; fail: (words: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ found, fail });
  latest.current = { found, fail };
  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      const shown = video.current;
      const text = shown && shown.videoWidth > 0 ? textIn(shown, shown.videoWidth, shown.videoHeight) : null;
      if (stopped) return;
      if (text) latest.current.found(text);
      // One code is read once: whoever reads another one opens the camera again.
      else timer = setTimeout(look, lookEvery);
    };
    const begin = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (stopped || !video.current) return end();
      video.current.srcObject = stream;
      await video.current.play();
      look();
    };
    const end = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    begin().catch(() => !stopped && latest.current.fail("打不开摄像头，请允许使用，或改用扫码枪、图片。"));
    return () => {
      stopped = true;
      clearTimeout(timer);
      end();
    };
  }, []);
  return <video ref={video} className="scan-camera" muted playsInline aria-label="摄像头的画面" />;
}

/** The text of the QR in a picture, or null; a large picture is looked at smaller. */
function textIn(picture: CanvasImageSource, width: number, height: number): string | null {
  const scale = Math.min(1, largestSide / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, canvas.width, canvas.height)?.data || null;
}
