import { DeleteOutlined, PlusOutlined, SendOutlined } from "@ant-design/icons";
import { App, Button, Checkbox, Input, Radio, Select } from "antd";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { documents } from "../../../../shared/areas/documents.ts";
import { dayShown, isDay } from "../../../../shared/day.ts";
import { destinationShown, destinations, liesIn } from "../../../../shared/filing/places.ts";
import {
  type Doubt,
  doubts,
  dueOn,
  inquiryDays,
  isVerifySuggested,
  verifyFrom,
} from "../../../../shared/inquiry/inquiry.ts";
import { shown, yuan } from "../../../../shared/money.ts";
import { once, useAct, useRead } from "../../api.ts";
import { useDesk, useTitle } from "../../desk.tsx";
import { money } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Fact } from "../../parts/facts.tsx";
import { Bar, Page } from "../../parts/page.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { amountOf, bodyOf, type Draft, draftOf, faultOf, mostQuestions, usualQuestions } from "./draft.ts";

/** 发起协查 · whose stay, where and when; what is asked of whom. What another page knew stands in the address. */
export function InquiryForm() {
  const agencies = useRead("inquiries.agencies", {}, once);
  const { search } = useLocation();
  useTitle("发起协查");
  if (agencies.error && !agencies.data) {
    return <Failure error={agencies.error} retry={() => void agencies.refetch()} />;
  }
  if (!agencies.data) return <Waiting />;
  return <Form key={search} agencies={agencies.data.agencies} />;
}

type Agencies = readonly { code: string; name: string }[];

function Form({ agencies }: { agencies: Agencies }) {
  const { message } = App.useApp();
  const { today } = useDesk();
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const ask = useAct("inquiries.ask");
  const [draft, setDraft] = useState(() => draftOf(new URLSearchParams(search), today));
  // One form, one inquiry: pressed twice it is asked once.
  const [requestNo] = useState(() => crypto.randomUUID());
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const near = agencies.filter(({ code }) => draft.place !== null && liesIn(code, draft.place));
  const fault = faultOf(draft, near, today);
  const submit = () => {
    if (fault || ask.isPending) return;
    ask.mutate(
      { body: bodyOf(draft, near, requestNo) },
      {
        onSuccess: ({ inquiryNo, asked }) => {
          message.success(asked.kind === "unit" ? `已发给${asked.name}` : "已登记，请打电话核实");
          navigate(`/inquiries/${inquiryNo}?show=sent`, { replace: true });
        },
      },
    );
  };
  useKeys({ u: () => navigate("/inquiries?show=sent") });
  const name = (state as { name?: unknown } | null)?.name;
  return (
    <Page
      above={<Link to="/inquiries?show=sent">协查</Link>}
      title="发起协查"
      tools={<span className="muted hint">u 回到协查</span>}
    >
      <div className="split">
        <div className="split-side">
          <Person draft={draft} change={change} name={typeof name === "string" ? name : null} />
          <Stay draft={draft} change={change} />
        </div>
        <div className="split-side">
          <Questions draft={draft} change={change} />
          <Agency draft={draft} change={change} near={near} />
        </div>
      </div>
      <Bar
        will={
          fault ??
          `期限${dayShown(dueOn(today))}（${inquiryDays}天，暂定）。${willWords(draft.isOutside || near.length === 0)}`
        }
      >
        <Wrong error={ask.error} />
        <Button
          type="primary"
          icon={<SendOutlined />}
          disabled={fault !== null}
          loading={ask.isPending}
          onClick={submit}
        >
          发出协查
        </Button>
      </Bar>
    </Page>
  );
}

const willWords = (isOutside: boolean): string =>
  isOutside ? "由您打电话核实，每次通话都记下来，问到以后写结果。" : "对方只看到这一页写的，姓名和身份证号是遮住的。";

interface Part {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

function Person({ draft, change, name }: Part & { name: string | null }) {
  const { personNo, claimNo, filingNo } = draft;
  return (
    <section className="card panel inquiry-form" aria-label="查谁">
      <h2>查谁</h2>
      {personNo ? (
        <dl className="facts">
          {name && <Fact title="姓名">{name}</Fact>}
          <Fact title="人员编号">
            <span className="number">{personNo}</span>
          </Fact>
          {claimNo && (
            <Fact title="结算编号">
              <span className="number">{claimNo}</span>
            </Fact>
          )}
          {filingNo && (
            <Fact title="备案号">
              <span className="number">{filingNo}</span>
            </Fact>
          )}
        </dl>
      ) : (
        <div className="fields">
          <span>
            <label htmlFor="inquiry-name">姓名</label>
            <Input
              id="inquiry-name"
              autoFocus
              autoComplete="off"
              maxLength={60}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          </span>
          <span className="wide">
            <label htmlFor="inquiry-number">身份证号</label>
            <Input
              id="inquiry-number"
              className="number"
              autoComplete="off"
              maxLength={20}
              value={draft.identityNumber}
              onChange={({ target }) => change({ identityNumber: target.value })}
            />
          </span>
        </div>
      )}
    </section>
  );
}

const places = destinations.map((one) => ({ value: one.code, label: destinationShown(one) }));

function Stay({ draft, change }: Part) {
  const { today } = useDesk();
  const { place, providerName, providerCode, from, until, amount } = draft;
  const total = amountOf(amount);
  return (
    <section className="card panel inquiry-form" aria-label="哪次住院">
      <h2>哪次住院</h2>
      <div className="fields">
        <span>
          <label htmlFor="inquiry-place">就医地</label>
          <Select
            id="inquiry-place"
            showSearch={{ optionFilterProp: "label" }}
            placeholder="选一个城市"
            value={place}
            options={places}
            onChange={(code: string) => change({ place: code, isOutside: false })}
          />
        </span>
        <span>
          <label htmlFor="inquiry-provider">医院名称</label>
          <Input
            id="inquiry-provider"
            maxLength={100}
            value={providerName}
            onChange={({ target }) => change({ providerName: target.value })}
          />
        </span>
      </div>
      <div className="fields">
        <span>
          <label htmlFor="inquiry-from">哪天入院</label>
          <DayPicker
            id="inquiry-from"
            allowClear={false}
            maxDate={picked(today)}
            value={from && picked(from)}
            onChange={(day) => day && change({ from: day.on })}
          />
        </span>
        <span>
          <label htmlFor="inquiry-until">哪天出院</label>
          <DayPicker
            id="inquiry-until"
            allowClear={false}
            maxDate={picked(today)}
            value={until && picked(until)}
            onChange={(day) => day && change({ until: day.on })}
          />
        </span>
      </div>
      <div className="fields">
        <span>
          <label htmlFor="inquiry-amount">总费用（元，不清楚就不填）</label>
          <Input
            id="inquiry-amount"
            className="number"
            inputMode="decimal"
            maxLength={12}
            status={total === undefined ? "error" : ""}
            value={amount}
            onChange={({ target }) => change({ amount: target.value })}
          />
        </span>
        <span>
          <label htmlFor="inquiry-code">机构编码（不清楚就不填）</label>
          <Input
            id="inquiry-code"
            className="number"
            maxLength={12}
            value={providerCode}
            onChange={({ target }) => change({ providerCode: target.value.toUpperCase() })}
          />
        </span>
      </div>
      {total && isVerifySuggested(yuan(total)) && <VerifySuggested amount={total} />}
    </section>
  );
}

/** 电话核实线 · a suggestion with its source, and that it is no rule. */
function VerifySuggested({ amount }: { amount: string }) {
  const { title, dated } = documents[verifyFrom.cite];
  return (
    <p className="band attention">
      {money(amount)}，{shown(verifyFrom.amount)}以上的建议打电话向医院核实。这只是建议，不是规定：来自石嘴山的做法（
      {title}
      {dated !== null && isDay(dated) && `，${dayShown(dated)}`}）。
    </p>
  );
}

function Questions({ draft: { doubts: why, questions }, change }: Part) {
  const put = (at: number, words: string) => change({ questions: questions.map((one, i) => (i === at ? words : one)) });
  const add = (words: string) => {
    const free = questions.findIndex((one) => one.trim() === "");
    if (free >= 0) put(free, words);
    else change({ questions: [...questions, words] });
  };
  const isFull = questions.length === mostQuestions && questions.every((one) => one.trim() !== "");
  return (
    <section className="card panel inquiry-form" aria-label="为什么查，问什么">
      <h2>为什么查，问什么</h2>
      <Checkbox.Group
        aria-label="为什么查"
        value={[...why]}
        options={Object.entries(doubts).map(([value, label]) => ({ value, label }))}
        onChange={(some) => change({ doubts: some as Doubt[] })}
      />
      <div className="reasons">
        {usualQuestions.map((one) => (
          <Button key={one} size="small" disabled={isFull || questions.includes(one)} onClick={() => add(one)}>
            {one}
          </Button>
        ))}
      </div>
      {questions.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place alone.
        <div className="inquiry-line" key={i}>
          <Input
            aria-label={`问题${i + 1}`}
            prefix={<span className="muted">{i + 1}.</span>}
            maxLength={100}
            value={one}
            onChange={({ target }) => put(i, target.value)}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={`去掉问题${i + 1}`}
            disabled={questions.length === 1}
            onClick={() => change({ questions: questions.filter((_, at) => at !== i) })}
          />
        </div>
      ))}
      {questions.length < mostQuestions && (
        <div>
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => change({ questions: [...questions, ""] })}>
            再问一个（最多{mostQuestions}个）
          </Button>
        </div>
      )}
    </section>
  );
}

function Agency({ draft, change, near }: Part & { near: Agencies }) {
  const { place, unit, isOutside, agencyName, telephone } = draft;
  const outside = isOutside || near.length === 0;
  return (
    <section className="card panel inquiry-form" aria-label="请谁查">
      <h2>请谁查</h2>
      {place === null ? (
        <p className="muted">先选就医地。</p>
      ) : (
        <Radio.Group
          className="choices"
          value={outside ? "outside" : (unit ?? near[0]?.code)}
          onChange={({ target }) =>
            change(target.value === "outside" ? { isOutside: true } : { isOutside: false, unit: target.value })
          }
          options={[
            ...near.map(({ code, name }) => ({ value: code, label: `${name}医保经办机构：在系统里，直接发过去` })),
            { value: "outside", label: "系统外的机构：自己打电话核实，把经过记下来" },
          ]}
        />
      )}
      {place !== null && outside && (
        <div className="fields">
          <span className="wide">
            <label htmlFor="inquiry-agency">机构名称</label>
            <Input
              id="inquiry-agency"
              maxLength={60}
              value={agencyName}
              onChange={({ target }) => change({ agencyName: target.value })}
            />
          </span>
          <span>
            <label htmlFor="inquiry-telephone">电话</label>
            <Input
              id="inquiry-telephone"
              className="number"
              maxLength={20}
              value={telephone}
              onChange={({ target }) => change({ telephone: target.value })}
            />
          </span>
        </div>
      )}
    </section>
  );
}
