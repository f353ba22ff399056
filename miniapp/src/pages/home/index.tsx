import { View } from "@tarojs/components";
import { day } from "../../../../shared/day.ts";
import { maskName } from "../../../../shared/person.ts";
import { call, type Me, type Order } from "../../api.ts";
import { useAsk } from "../../ask.ts";
import { useElder } from "../../elder.ts";
import type { Outcome } from "../../outcome.ts";
import { Icon } from "../../parts/icon.tsx";
import { Page } from "../../parts/page.tsx";
import { Button, Press, Way } from "../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../parts/tell.tsx";
import { quoteOf } from "../../quotes.ts";
import { go, goToTab } from "../../route.ts";
import { session } from "../../session.ts";
import { askToday, ownArea } from "../../today.ts";
import { coverWords, daysLeft, dayWords, money } from "../../words.ts";
import { StillYours } from "../account/contact.tsx";
import { PaymentsClosed } from "../contributions/closed.tsx";
import { noWish, payment } from "../contributions/drafts.ts";
import { toCalendar } from "../contributions/to-calendar.ts";
import { type Next, nextOf, openYears } from "./next-step.ts";
import "./home.scss";

interface Known {
  readonly me: Me;
  readonly today: string;
  readonly orders: readonly Order[];
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly unread: number;
}

async function askHome(): Promise<Known> {
  const [me, today] = await Promise.all([call("residents.me"), askToday()]);
  ownArea.set(me.person?.poolingArea ?? null);
  if (!me.person || me.person.deceased) return { me, today, orders: [], outcomes: new Map(), unread: 0 };
  const [{ orders }, { unread }, ...outcomes] = await Promise.all([
    call("contributions.orders"),
    // Messages are read after a second proof; home does not ask for one.
    me.contact ? call("messages.inbox") : { unread: 0 },
    ...openYears(me.person).map(async (year) => [year, await quoteOf({ who: "self" }, year, 1)] as const),
  ]);
  return { me, today, orders, outcomes: new Map(outcomes), unread };
}

/** 首页 · whether the person is covered, and the one next thing to do. */
export default function Home() {
  const signedIn = session.use() !== null;
  return (
    <Page tab="home">
      <Title />
      <PaymentsClosed />
      {signedIn ? <Person /> : <Welcome />}
    </Page>
  );
}

function Title() {
  const [elder, turn] = useElder();
  return (
    <View className="title-row">
      <Heading level={1}>居民医保</Heading>
      <Press className="text-button" onPress={() => turn(!elder)}>
        <Icon name="letters" />
        {elder ? "标准版" : "长辈版"}
      </Press>
    </View>
  );
}

function Welcome() {
  return (
    <View className="card">
      <Heading>您好</Heading>
      <View>登录以后可以看自己有没有参保，给自己和家人缴费。</View>
      <Button onPress={() => go("account/sign-in")}>登录</Button>
      <Press className="text-button" onPress={() => go("receipts/verify")}>
        查验票据真伪（不用登录）
      </Press>
    </View>
  );
}

function Person() {
  const { answer, refused, again } = useAsk("home", askHome);
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  if (!answer.me.person) return <Unbound />;
  return (
    <>
      {refused && <Note tone="attention">{refused.message}</Note>}
      {!answer.me.person.deceased && <CodeEntry />}
      <Card known={answer} person={answer.me.person} />
      <StillYours contact={answer.me.contact} onConfirmed={again} />
      <Services unread={answer.unread} />
    </>
  );
}

/** One press from home to the code. */
const CodeEntry = () => (
  <Press className="code-entry" onPress={() => goToTab("code")}>
    <Icon name="qr" />
    出示医保码
  </Press>
);

function Unbound() {
  return (
    <View className="card">
      <Heading>还差一步</Heading>
      <View>填一次姓名和身份证号，就能看到您有没有参保、要缴多少钱。</View>
      <Button onPress={() => go("account/bind")}>确认您是谁</Button>
    </View>
  );
}

function Card({ known, person }: { known: Known; person: NonNullable<Me["person"]> }) {
  const next = nextOf(known.orders, known.outcomes);
  const standings = person.cover.map((cover) => ({
    year: cover.year,
    ...coverWords(cover, known.outcomes.get(cover.year)),
  }));
  return (
    <View className="card">
      <View>
        <Heading>{maskName(person.name)}</Heading>
        <View className="muted">{person.unitName ?? person.areaName}</View>
      </View>
      {person.deceased ? (
        <Note tone="stop">登记信息显示此人已经去世，不能办理。如有误，请到窗口更正。</Note>
      ) : (
        <>
          {standings.map(({ year, tone, short, long }) => (
            <View key={year} className={`state ${tone}`}>
              <Icon name={tone} />
              <View className="fill">
                <View className="title">
                  {year}年　{short}
                </View>
                {long && <View>{long}</View>}
              </View>
            </View>
          ))}
          <NextStep next={next} today={known.today} settled={standings.every(({ tone }) => tone !== "plain")} />
        </>
      )}
    </View>
  );
}

function NextStep({ next, today, settled }: { next: Next; today: string; settled: boolean }) {
  switch (next.kind) {
    case "finish-paying":
      return (
        <>
          <Note tone="attention">有一张缴费单还没有付款。</Note>
          <Button onPress={() => go("contributions/result", { orderNo: next.order.orderNo })}>
            继续支付 {money(next.order.total)}
          </Button>
        </>
      );
    case "contribute":
      return <Contribute {...next} today={today} />;
    case "nothing":
      return settled ? <Note tone="done">都办好了，现在不用做什么。</Note> : null;
  }
}

function Contribute({
  benefitYear,
  owed: { quote },
  today,
}: Extract<Next, { kind: "contribute" }> & { today: string }) {
  const start = () => {
    payment.change({ whom: { who: "self" }, among: false, ...noWish, benefitYear });
    go("contributions/owed");
  };
  return (
    <>
      {quote.channel === "window" && (
        <Note tone="waiting">
          {benefitYear}年的集中缴费期{daysLeft(day(today), quote.window.until)}，到
          {dayWords(quote.window.until)}。
        </Note>
      )}
      {quote.cover.waitingMonths > 0 && (
        <Note tone="attention">
          现在缴，要等{quote.cover.waitingMonths}个月才能报销{quote.repair ? "，补缴可以少等" : ""}。
        </Note>
      )}
      <Button onPress={start}>
        {quote.due === "0.00" ? `参保${benefitYear}年（不用付钱）` : `缴${benefitYear}年的费 ${money(quote.due)}`}
      </Button>
    </>
  );
}

function Services({ unread }: { unread: number }) {
  return (
    <View className="ways">
      <Way
        icon="bell"
        title="消息"
        {...(unread > 0 && { mark: `${unread}条未读` })}
        onPress={() => go("messages/inbox")}
      />
      <Way icon="coin" title="给自己或家人缴费" onPress={() => go("contributions/whom")} />
      <Way icon="people" title="亲情账户（我的家人）" onPress={() => go("family/members")} />
      <Way icon="list" title="我的缴费单" onPress={() => go("contributions/orders")} />
      <Way icon="calendar" title="参保日历" onPress={() => toCalendar()} />
      <Way icon="receipt" title="票据" onPress={() => go("receipts/mine")} />
    </View>
  );
}
