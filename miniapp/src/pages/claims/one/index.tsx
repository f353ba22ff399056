import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { type DisputeKind, disputeKindNames, disputeKinds, isOpen } from "../../../../../shared/dispute/dispute.ts";
import { identityNames } from "../../../../../shared/policy/identity.ts";
import { careWords, levelWords } from "../../../../../shared/settlement/reading.ts";
import { type Claim, call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button, Way } from "../../../parts/press.tsx";
import { Sheet } from "../../../parts/sheet.tsx";
import { Fact, Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { dayWords, money } from "../../../words.ts";
import { inFours } from "../../receipts/words.ts";
import { DisputeCard } from "../dispute-parts.tsx";
import { Clauses, Meaning, Ratios, SpokenTo, WhoPaid } from "../parts.tsx";
import { fundsWords } from "../words.ts";

/** 一笔费用 · what it means, who paid, why in words, the clauses one press deeper, and what to do if it is wrong. */
export default function ClaimPage() {
  const { claimNo = "", tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`${claimNo} ${tie}`, () =>
    call("claims.one", { params: { claimNo }, query: ofTie(tie) }),
  );
  return (
    <Page>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Told claim={answer} tie={tie} onChange={again} />}
    </Page>
  );
}

type Rows = readonly Claim["clauses"][number][];

/** The rows that answer why a layer paid what it paid; the person's own part is explained by the bill and the sums. */
function rowsOf({ clauses, pays }: Claim, layer: string): Rows {
  const name = layer === "own" ? null : pays.find((one) => one.layer === layer)?.name;
  return clauses.filter((row) => (name ? row.layer === name : row.layer === "费用" || row.layer === "合计"));
}

const everything = "every step";

function Told({ claim, tie, onChange }: { claim: Claim; tie: string | undefined; onChange: () => void }) {
  const [asked, ask] = useState<string | null>(null);
  const whose = tie ? claim.name : null;
  const name =
    asked === "own" ? `${whose ?? "您"}自己付的` : (claim.pays.find(({ layer }) => layer === asked)?.name ?? "");
  const title = asked === everything ? "每一步的依据" : `为什么：${name}`;
  const rows = asked === null ? [] : asked === everything ? claim.clauses : rowsOf(claim, asked);
  const reversal = claim.history.find(({ what }) => what === "reversed");
  return (
    <>
      {reversal && (
        <Note tone="attention">
          这笔结算{dayWords(reversal.on)}已经撤销，不算数了。{reversal.reason && `原因：${reversal.reason}。`}
        </Note>
      )}
      <View className="card">
        <Meaning paid={claim} whose={whose} before={`一共花了 ${money(claim.total)}。`} />
        <View className="muted">
          {dayWords(claim.on)}　{claim.provider}
        </View>
        <WhoPaid paid={claim} whose={whose} onAsk={ask} />
        {claim.assumed && <Note tone="plain">有的规定没有查到文件，是按估计的数算的，可能和当地实际不同。</Note>}
      </View>
      <View className="card">
        <Heading>怎么算的</Heading>
        <SpokenTo whose={whose} />
        {claim.sentences.map((one) => (
          <View key={one}>{one}</View>
        ))}
        <ReadAloud words={claim.sentences.join("")} />
      </View>
      <View className="card">
        <Heading>报了几成</Heading>
        <Ratios ratios={claim.ratios} who={fundsWords(claim)} />
      </View>
      <View className="ways">
        <Way
          icon="list"
          title="看费用明细"
          about={`${claim.lines}条，哪些医保不报`}
          onPress={() => go("claims/lines", { claimNo: claim.claimNo, ...ofTie(tie) })}
        />
        <Way icon="book" title="看每一步的依据" about="文件、条款和算式" onPress={() => ask(everything)} />
      </View>
      <Facts claim={claim} />
      {claim.disputes.map((dispute) => (
        <DisputeCard key={dispute.disputeNo} dispute={dispute} onChange={onChange} />
      ))}
      <Wrong claim={claim} tie={tie} />
      <Sheet title={asked === null ? null : title} onClose={() => ask(null)}>
        <Clauses rows={rows} />
        {rows.length === 0 && <View>这一项没有单独的条款，看“每一步的依据”。</View>}
      </Sheet>
    </>
  );
}

function Facts({ claim }: { claim: Claim }) {
  const { amounts } = claim;
  const own: readonly (readonly [string, string])[] = [
    ["目录以外", amounts.outsideCatalogue],
    ["超过限价", amounts.overPriceCap],
    ["按规定先由您付", amounts.upfront],
    ["起付线", amounts.deductiblePaid],
  ];
  return (
    <View className="card">
      <Heading>这次看病</Heading>
      <Fact name="医院" wide>
        {claim.provider}（{levelWords[claim.level]}）
      </Fact>
      {claim.department && <Fact name="科室">{claim.department}</Fact>}
      {claim.disease && <Fact name="诊断">{claim.disease}</Fact>}
      <Fact name="类别">{careWords[claim.careType]}</Fact>
      {claim.admittedOn !== claim.on && <Fact name="入院">{dayWords(claim.admittedOn)}</Fact>}
      <Fact name={claim.admittedOn === claim.on ? "日期" : "出院"}>{dayWords(claim.on)}</Fact>
      {claim.identity && <Fact name="按什么身份算">{identityNames[claim.identity]}</Fact>}
      <Fact name="医保能报的">{money(amounts.inScope)}</Fact>
      {own
        .filter(([, amount]) => amount !== "0.00")
        .map(([name, amount]) => (
          <Fact key={name} name={name}>
            {money(amount)}
          </Fact>
        ))}
      {claim.history.map(({ what, on }) => (
        <Fact key={what} name={what === "settled" ? "结算日期" : "撤销日期"}>
          {dayWords(on)}
        </Fact>
      ))}
      <Fact name="结算编号" wide>
        <View className="code">{inFours(claim.claimNo)}</View>
      </Fact>
    </View>
  );
}

/** What can be said against a claim that stands: once for each kind, until it is answered. */
function Wrong({ claim, tie }: { claim: Claim; tie: string | undefined }) {
  if (claim.state === "reversed") return null;
  const said = (kind: DisputeKind) =>
    claim.disputes.some((one) => one.kind === kind && (isOpen(one.state) || one.state === "upheld"));
  const kinds = disputeKindNames.filter((kind) => !said(kind));
  if (kinds.length === 0) return null;
  return (
    <View className="card">
      <Heading>觉得不对？</Heading>
      {kinds.map((kind) => (
        <Button key={kind} quiet onPress={() => go("claims/dispute", { claimNo: claim.claimNo, kind, ...ofTie(tie) })}>
          {disputeKinds[kind].name}
        </Button>
      ))}
    </View>
  );
}
