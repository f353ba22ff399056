import { View } from "@tarojs/components";
import Taro, { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { identityNames } from "../../../../../shared/policy/identity.ts";
import { careWords } from "../../../../../shared/settlement/reading.ts";
import { type Claims, call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Sheet } from "../../../parts/sheet.tsx";
import { Amount, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { inBrowser } from "../../../store.ts";
import { ofTie } from "../../../ties.ts";
import { dayWords, money } from "../../../words.ts";
import { claimsOf } from "../drafts.ts";
import { Basis, Meaning, Progress, Ratios, SpokenTo, WhoPaid, Whose } from "../parts.tsx";
import { claimsTable, tableName } from "../table.ts";
import { fundsWords } from "../words.ts";

/** 我的费用 · a year's claims: what it means, who paid, how far each threshold and limit is, and every single one. */
export default function ClaimsPage() {
  const { family } = useRouter().params;
  const { tie, year } = claimsOf.use();
  const { answer, refused, again } = useAsk(`${tie} ${year}`, () =>
    call("claims.mine", { query: { ...ofTie(tie), ...(year && { year: String(year) }) } }),
  );
  return (
    <Page>
      <Heading level={1}>{tie && answer ? `${answer.name}的费用` : "我的费用"}</Heading>
      <Whose
        tie={tie}
        open={family === "1" || tie !== null}
        onChoose={(one) => claimsOf.change({ tie: one, words: "" })}
      />
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Year claims={answer} tie={tie} />}
      <View className="ways">
        <Way
          icon="question"
          title="我的争议"
          about="不是我的费用、金额有疑问，办到哪一步"
          onPress={() => go("claims/disputes")}
        />
        <Way icon="people" title="家人看过我的费用" about="谁在哪天看过" onPress={() => go("claims/looks")} />
      </View>
    </Page>
  );
}

function Year({ claims, tie }: { claims: Claims; tie: string | null }) {
  const { year, years, sums, ratios } = claims;
  const [view, look] = useState<(typeof views)[number][0]>("each");
  const whose = tie === null ? null : claims.name;
  const settled = claims.claims.filter(({ state }) => state === "settled").length;
  return (
    <>
      {years.length > 1 && (
        <View className="years">
          {years.map((one) => (
            <Press
              key={one}
              className={`year${one === year ? " chosen" : ""}`}
              current={one === year}
              onPress={() => claimsOf.change({ year: one, words: "" })}
            >
              {one}年
            </Press>
          ))}
        </View>
      )}
      {sums.total === "0.00" ? (
        <View className="card">
          <View>{year}年还没有医保结算。看病用医保结算以后，每一笔都会在这里。</View>
        </View>
      ) : (
        <View className="card">
          <Meaning paid={sums} whose={whose} before={`${year}年${settled}笔，一共花了 ${money(sums.total)}。`} />
          <WhoPaid paid={sums} whose={whose} />
          <Ratios ratios={ratios} who={fundsWords(sums)} />
        </View>
      )}
      {claims.claims.length === 0 ? (
        <ProgressCard claims={claims} whose={whose} />
      ) : (
        <>
          <View className="years">
            {views.map(([name, title]) => (
              <Press
                key={name}
                className={`year${name === view ? " chosen" : ""}`}
                current={name === view}
                onPress={() => look(name)}
              >
                {title}
              </Press>
            ))}
          </View>
          {view === "each" ? <List claims={claims} tie={tie} /> : <ProgressCard claims={claims} whose={whose} />}
        </>
      )}
    </>
  );
}

const views = [
  ["each", "每一笔"],
  ["left", "还差多少"],
] as const;

function ProgressCard({ claims: { progress }, whose }: { claims: Claims; whose: string | null }) {
  const [asked, ask] = useState<Claims["progress"]["bars"][number] | null>(null);
  const [all, showAll] = useState(false);
  const { identity, identities, bars } = progress;
  if (bars.length === 0) return null;
  // Limits of which nothing is used yet wait behind a press.
  const telling = bars.filter(({ kind, used }) => kind === "threshold" || used !== "0.00");
  const shown = all || telling.length === 0 ? bars : telling;
  return (
    <View className="card">
      <Heading>离起付线和限额还差多少</Heading>
      <SpokenTo whose={whose} />
      {identity && (
        <View className="muted">
          {identities.length > 1
            ? `您同时有${identities.map((one) => identityNames[one]).join("、")}这几种身份，这里按一次较大的住院里您付得最少的${identityNames[identity]}算。`
            : `按您的身份（${identityNames[identity]}）算。`}
        </View>
      )}
      {shown.map((bar) => (
        <Progress key={`${bar.layer} ${bar.kind}`} bar={bar} onAsk={ask} />
      ))}
      {shown.length < bars.length && (
        <Press className="text-button" onPress={() => showAll(true)}>
          还有{bars.length - shown.length}个限额，都还没有用过
        </Press>
      )}
      <Sheet title={asked && `${asked.name}的依据`} onClose={() => ask(null)}>
        {asked && <Basis bar={asked} />}
      </Sheet>
    </View>
  );
}

type Claim = Claims["claims"][number];

/** Does a claim hold the words: hospital, kind of care, or day? */
const holds = (words: string) => (one: Claim) =>
  [one.provider, careWords[one.careType], dayWords(one.on), one.on].some((part) => part?.includes(words.trim()));

const page = 30;

function List({ claims, tie }: { claims: Claims; tie: string | null }) {
  const { words } = claimsOf.use();
  const [pages, turn] = useState(1);
  const found = claims.claims.filter(holds(words));
  return (
    <>
      {claims.claims.length > 5 && (
        <View className="card">
          <Field
            label="找一找"
            hint="医院名、住院、门诊、3月……"
            maxlength={40}
            value={words}
            fault={null}
            onChange={(typed) => claimsOf.change({ words: typed })}
          />
        </View>
      )}
      {found.length === 0 && <Note tone="plain">没有找到带“{words}”的。</Note>}
      {found.slice(0, pages * page).map((one) => (
        <Row key={one.claimNo} claim={one} tie={tie} />
      ))}
      {found.length > pages * page && (
        <Button quiet onPress={() => turn(pages + 1)}>
          再看{Math.min(page, found.length - pages * page)}笔
        </Button>
      )}
      <Export claims={claims} />
    </>
  );
}

function Row({ claim, tie }: { claim: Claim; tie: string | null }) {
  const { claimNo, provider, careType, on, patientTotal, state, disputed } = claim;
  return (
    <Press className="card order" onPress={() => go("claims/one", { claimNo, ...ofTie(tie) })}>
      <View className="fill">
        <View className="title">{provider}</View>
        <View className="muted">
          {dayWords(on)}　{careWords[careType]}
        </View>
        <View className="owing">
          {tie === null ? "您自己付" : "本人付"} <Amount value={patientTotal} />
        </View>
        {state === "reversed" && <State tone="plain" words="已撤销，不算数" />}
        {disputed && <State tone="waiting" words="有争议，正在处理" />}
      </View>
      <Icon name="forward" />
    </Press>
  );
}

const State = ({ tone, words }: { tone: "plain" | "waiting"; words: string }) => (
  <View className={`state ${tone}`}>
    <Icon name={tone} />
    <View className="fill">{words}</View>
  </View>
);

/** 导出 · a file in the browser; in WeChat the same table on the clipboard. */
function Export({ claims }: { claims: Claims }) {
  const save = () => {
    const table = claimsTable(claims);
    if (!inBrowser) {
      void Taro.setClipboardData({ data: table });
      return;
    }
    // The mark in front tells spreadsheets that it is UTF-8.
    const file = URL.createObjectURL(new Blob([`\ufeff${table}`], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = file;
    link.download = tableName(claims);
    link.click();
    URL.revokeObjectURL(file);
  };
  return (
    <Button quiet onPress={save}>
      {inBrowser ? `导出${claims.year}年的表格` : `复制${claims.year}年的表格`}
    </Button>
  );
}
