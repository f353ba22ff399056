import { View } from "@tarojs/components";
import { mostPhones } from "../../../../shared/credential/credential.ts";
import { dayInShanghai } from "../../../../shared/day.ts";
import { maskName } from "../../../../shared/person.ts";
import { type Credential, call, type Member, offline } from "../../api.ts";
import { useAsk, useAttempt } from "../../ask.ts";
import { Page } from "../../parts/page.tsx";
import { Button, Press, role, Way } from "../../parts/press.tsx";
import { Heading, Note, Problem, ReadAloud, Skeleton } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { relationshipWords } from "../../ties.ts";
import { dayWords } from "../../words.ts";
import { openHere } from "../credentials/device-key.ts";
import { codeOf, follow, nowHere, type PhoneCode, phoneCodes, shownTie } from "../credentials/phone-codes.ts";
import { askCredential, type Told } from "./ask-credential.ts";
import { Showing } from "./showing.tsx";

/** 医保码 · shows one's own code or a dependant's; from what the phone keeps, so that it needs no network. */
export default function CodePage() {
  const tie = shownTie.use();
  const codes = phoneCodes.use();
  const { answer, refused, again } = useAsk(`code ${tie}`, () => askCredential(tie));
  const code = codes.find((one) => one.tie === tie) ?? null;
  return (
    <Page tab="code">
      <Heading level={1}>医保码</Heading>
      <Family tie={tie} codes={codes} family={answer?.family ?? []} />
      <Standing tie={tie} code={code} told={answer} onChange={again} />
      {refused && !answer && !code && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && !code && <Skeleton />}
      <Ways tie={tie} state={answer?.credential?.state ?? code?.state ?? "not-opened"} />
    </Page>
  );
}

/** 换家人 · one's own code and those of the family; without a network only those that the phone holds. */
function Family({
  tie,
  codes,
  family,
}: {
  tie: string | null;
  codes: readonly PhoneCode[];
  family: readonly Member[];
}) {
  const held = codes.filter((one) => one.tie !== null && !family.some(({ tieNo }) => tieNo === one.tie));
  const people = [
    { tie: null, name: "我自己" },
    ...family.map((one) => ({ tie: one.tieNo, name: `${maskName(one.name)}（${relationshipWords(one)}）` })),
    ...held.map((one) => ({ tie: one.tie, name: one.name })),
  ];
  if (people.length === 1) return null;
  return (
    <View className="years" {...role("radiogroup")} aria-label="谁的医保码">
      {people.map((one) => (
        <Press
          key={one.tie}
          className={`year${one.tie === tie ? " chosen" : ""}`}
          kind="radio"
          checked={one.tie === tie}
          onPress={() => shownTie.set(one.tie)}
        >
          {one.name}
        </Press>
      ))}
    </View>
  );
}

function Standing({
  tie,
  code,
  told,
  onChange,
}: {
  tie: string | null;
  code: PhoneCode | null;
  told: Told | null;
  onChange: () => void;
}) {
  const off = offline.use();
  const credential = told?.credential ?? null;
  const state = credential?.state ?? code?.state;
  if (state === "suspended") {
    return <Suspended tie={tie} held={credential?.held ?? code?.held ?? false} onChange={onChange} />;
  }
  if (code?.state === "active") {
    if (dayInShanghai(nowHere()) > code.goodUntil) return <RunOut code={code} onRetry={onChange} />;
    return (
      <>
        <Showing key={code.deviceNo} code={code} whose={tie === null ? `${code.name}（本人）` : code.name} />
        <Note tone={off ? "waiting" : "plain"}>
          {off && "现在没有网络，码照样能用。"}离线可用，到{dayWords(code.goodUntil)}为止，连上网会自动续期。
        </Note>
        {told?.way && <Note tone="attention">{wayWords[told.way]}码照样能出示，要管理它，请先办这一步。</Note>}
      </>
    );
  }
  if (told?.way) return <Introduction way={told.way} />;
  return credential && <Open tie={tie} credential={credential} onChange={onChange} />;
}

const wayWords = {
  "account/sign-in": "登录已经过期。",
  "account/bind": "还没有确认您是谁。",
  "account/prove": "这部手机还要再核验一次是您本人。",
} as const;
const about =
  "医保码代替医保卡和身份证：看病、买药、住院时给窗口扫一下。它每分钟换一次，别人截图拿去用不了；没有网络也能出示。";

/** Nothing is known yet: what it is, and the way to it. */
function Introduction({ way }: { way: NonNullable<Told["way"]> }) {
  return (
    <View className="card">
      <Heading>一个码，看病买药都能用</Heading>
      <View>{about}</View>
      <ReadAloud words={about} />
      <Button onPress={() => go(way)}>{way === "account/sign-in" ? "登录以后开通" : "开通医保码"}</Button>
      {way === "account/prove" && <View className="muted">开通前要再核验一次是您本人，核验完会回到这里。</View>}
    </View>
  );
}

/** 开通 · for oneself or a dependant, or on one more phone. */
function Open({ tie, credential, onChange }: { tie: string | null; credential: Credential; onChange: () => void }) {
  const { busy, said, attempt } = useAttempt<"open">();
  const { state, phones } = credential;
  const name = maskName(credential.name);
  const open = () =>
    attempt("open", async () => {
      await openHere(tie, credential);
      onChange();
    });
  const words = openingWords({ state, name, own: tie === null });
  const no = said("open");
  return (
    <View className="card">
      <Heading>{words.title}</Heading>
      <View>{words.text}</View>
      {state !== "active" && <ReadAloud words={about} />}
      {state === "active" && phones.length > 0 && (
        <View className="muted">
          现在开在{phones.length}部手机上，最多{mostPhones}部：{phones.map((one) => one.name).join("、")}。
        </View>
      )}
      {no && <Note tone="stop">{no}</Note>}
      <Button busy={busy === "open"} onPress={open}>
        {words.verb}
      </Button>
    </View>
  );
}

function openingWords({ state, name, own }: { state: Credential["state"]; name: string; own: boolean }) {
  const whose = own ? "" : `给${name}`;
  switch (state) {
    case "active":
      return {
        title: own ? "这部手机上还没有" : `${name}的码不在这部手机上`,
        text: own
          ? "您的医保码已经开通。在这部手机上也打开，就可以在这里出示。"
          : `可以在这部手机上替${name}出示，没有网络也行。每次出示，${name}都能看到。`,
        verb: "在这部手机上打开",
      };
    case "closed":
      return {
        title: own ? "您的医保码已经注销" : `${name}的医保码已经注销`,
        text: "要用的时候可以重新开通，会是一个全新的码。",
        verb: `${whose}重新开通医保码`,
      };
    default:
      return {
        title: own ? "还没有开通" : `${name}还没有开通`,
        text: own ? about : `替${name}开通以后，可以在这部手机上替${name}出示。开通和每次出示，${name}都会知道。`,
        verb: `${whose}开通医保码`,
      };
  }
}

function Suspended({ tie, held, onChange }: { tie: string | null; held: boolean; onChange: () => void }) {
  const { busy, said, attempt } = useAttempt<"resume">();
  const resume = () =>
    attempt("resume", async () => {
      follow(tie, await call("credentials.resume", { query: tie === null ? {} : { tie } }));
      onChange();
    });
  const no = said("resume");
  return (
    <View className="card center outcome stop">
      <View className="icon icon-stop" />
      <Heading>已经挂失，不能用</Heading>
      <View>
        {held
          ? "工作人员挂失了这个码。要恢复，请带身份证到镇上的医保窗口，或者打12393。"
          : "谁拿到以前的码都用不了。手机找到了、确认没事，可以恢复。看病可以先用身份证。"}
      </View>
      {no && <Note tone="stop">{no}</Note>}
      {!held && (
        <Button busy={busy === "resume"} onPress={resume}>
          恢复使用
        </Button>
      )}
    </View>
  );
}

function RunOut({ code, onRetry }: { code: PhoneCode; onRetry: () => void }) {
  return (
    <View className="card">
      <Note tone="attention">
        离线可用的日子到{dayWords(code.goodUntil)}为止，已经过了。连上网，马上就能续上；没有网络时请用身份证。
      </Note>
      <Button onPress={onRetry}>连网续期</Button>
    </View>
  );
}

function Ways({ tie, state }: { tie: string | null; state: Credential["state"] }) {
  if (state === "not-opened" && !codeOf(tie)) return null;
  const query = tie === null ? {} : { tie };
  return (
    <View className="ways">
      <Way
        icon="check"
        title="谁用过我的码"
        about="哪家医院、什么用途、什么时候"
        onPress={() => go("credentials/uses", query)}
      />
      <Way
        icon="telephone"
        title="管理医保码"
        about="手机、挂失、换发、注销"
        onPress={() => go("credentials/manage", query)}
      />
    </View>
  );
}
