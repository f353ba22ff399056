import { DeleteOutlined, PlusOutlined, PrinterOutlined, RollbackOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Input, InputNumber, type InputRef } from "antd";
import { type ComponentRef, type RefObject, useRef, useState } from "react";
import { priceText } from "../../../../shared/catalogue/catalogue.ts";
import { type Day, dayShown } from "../../../../shared/day.ts";
import { shown as shownYuan, text, type Yuan } from "../../../../shared/money.ts";
import { useDesk } from "../../desk.tsx";
import { DayPicker, picked } from "../../parts/calendar.ts";
import type { CatalogueItem } from "../../parts/catalogue.ts";
import { useCatalogue } from "../../parts/catalogue.ts";
import { Empty } from "../../parts/tell.tsx";
import { WhoPaid } from "../../parts/who-paid.tsx";
import { codes, type DeskLine, type Encounter, type Play, type Preview, type Settled } from "./play.ts";
import { Refusal } from "./refusal.tsx";

const classNames: Readonly<Record<string, string>> = { "01": "甲", "02": "乙", "03": "丙" };
const fen = (amount: number) => shownYuan(amount as Yuan);
const quantityText = (quantity: number) => String(quantity / 10_000);

/** 记账 · the lines of this visit, who would pay, and the button that settles. */
export function Bill({ play, encounter, search }: { play: Play; encounter: Encounter; search: RefObject<InputRef> }) {
  const { lines, preview } = play.visit;
  return (
    <>
      <section className="card panel" aria-label="费用明细">
        <header className="panel-head">
          <h2>费用明细</h2>
          <span className="muted">
            {codes.care[encounter.careCode]?.name}　{encounter.disease.name}
            {encounter.inpatient && `　${dayShown(encounter.admittedOn)}入院`}
          </span>
          {encounter.depositWaived && <span className="status done">先诊疗后付费，免收住院押金</span>}
          {lines.length > 0 && (
            <Button className="aside-right" size="small" onClick={() => void play.withdraw(null)}>
              撤销全部明细
            </Button>
          )}
        </header>
        <NewLine play={play} encounter={encounter} search={search} />
        <Refusal play={play} />
        {lines.length === 0 ? (
          <Empty>还没有明细。加一条，右边会看到发出和收到的报文，下面会看到谁付多少。</Empty>
        ) : (
          <Lines lines={lines} withdraw={encounter.inpatient ? (serial) => void play.withdraw(serial) : null} />
        )}
      </section>
      {preview && <Sums of={preview} />}
      {preview && <WhoPaid title="预结算：谁付多少" paid={paidOf(preview)} />}
      <div className="card panel desk-bar">
        <span className="muted">
          {preview
            ? `结算以后，病人付${fen(preview.settlement.patientTotal ?? 0)}，医保和救助付${fen(preview.settlement.fundsTotal)}。`
            : play.needsCode && lines.length > 0
              ? "读了结算用的码，才能预结算和结算。"
              : "加了明细才能结算。"}
        </span>
        <Button
          type="primary"
          size="large"
          disabled={!preview}
          loading={play.isBusy}
          onClick={() => void play.settle()}
        >
          {encounter.inpatient && !encounter.discharged ? "办出院并结算（2402、2304）" : "结算"}
          {preview && ` ${fen(preview.settlement.total)}`} <kbd>s</kbd>
        </Button>
      </div>
    </>
  );
}

/** What was bought, at what price and how many of it; Enter in any field adds it. */
function NewLine({ play, encounter, search }: { play: Play; encounter: Encounter; search: RefObject<InputRef> }) {
  const { today } = useDesk();
  const [typed, setTyped] = useState("");
  const [item, setItem] = useState<{ code: string; name: string } | null>(null);
  const [price, setPrice] = useState<string | null>(null);
  const [quantity, setQuantity] = useState<string | null>("1");
  const [on, setOn] = useState<Day>(today);
  const priceBox = useRef<ComponentRef<typeof InputNumber<string>>>(null);
  const found = useCatalogue({ q: typed.trim().slice(0, 60), on });
  const items = (found.data?.items ?? []).filter((one) => one.kind !== "disease").slice(0, 12);
  // A code that no search finds is sent as it was typed: the gateway says what it thinks of it.
  const named = item ?? (/^[\w.+*-]{4,30}$/.test(typed.trim()) ? { code: typed.trim(), name: typed.trim() } : null);
  const isGood = named !== null && Number(price) > 0 && Number(quantity) > 0 && !play.isBusy;
  const choose = (code: string) => {
    const chosen = items.find((one) => one.code === code);
    if (!chosen) return;
    setItem(chosen);
    setTyped(chosen.name);
    setPrice(capOf(chosen));
    priceBox.current?.focus();
  };
  const submit = () => {
    if (!isGood || !named) return;
    const line = {
      ...named,
      price: whole(price, 6),
      quantity: whole(quantity, 4),
      on: encounter.inpatient ? on : today,
    };
    void play.charge(line).then((isCharged) => {
      search.current?.focus();
      // What was refused stays as it was typed.
      if (!isCharged) return;
      setItem(null);
      setTyped("");
      setPrice(null);
      setQuantity("1");
    });
  };
  return (
    <form
      className="fields desk-line"
      aria-label="加一条明细"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <span className="wide">
        <span className="muted">
          项目 <kbd>/</kbd>
        </span>
        <AutoComplete
          defaultActiveFirstOption
          popupMatchSelectWidth={620}
          value={typed}
          options={items.map((one) => ({ value: one.code, label: <Option of={one} /> }))}
          onChange={(text: string) => {
            setTyped(text);
            setItem(null);
          }}
          onSelect={choose}
        >
          <Input ref={search} autoFocus aria-label="项目" placeholder="名称里的几个词，或编码" />
        </AutoComplete>
      </span>
      <span>
        <span className="muted">单价（元）</span>
        <InputNumber<string>
          ref={priceBox}
          stringMode
          aria-label="单价"
          min="0.000001"
          max="999999"
          value={price}
          onChange={setPrice}
          onPressEnter={submit}
        />
      </span>
      <span className="desk-narrow">
        <span className="muted">数量</span>
        <InputNumber<string>
          stringMode
          aria-label="数量"
          min="0.0001"
          max="9999"
          value={quantity}
          onChange={setQuantity}
          onPressEnter={submit}
        />
      </span>
      {encounter.inpatient && (
        <span>
          <span className="muted">费用日期</span>
          <DayPicker
            aria-label="费用日期"
            allowClear={false}
            showNow={false}
            value={picked(on)}
            disabledDate={(one) => one.on < encounter.admittedOn || one.on > today}
            onChange={(one) => one && setOn(one.on)}
          />
        </span>
      )}
      <Button htmlType="submit" icon={<PlusOutlined />} disabled={!isGood} loading={play.isBusy}>
        加入
      </Button>
    </form>
  );
}

function Option({ of: { code, name, version } }: { of: CatalogueItem }) {
  const cap = capOf({ version });
  return (
    <span className="desk-option">
      <span className="desk-option-name">{name}</span>
      <span className="muted number">
        {version
          ? `${classNames[letters[version.class ?? ""] ?? ""] ?? ""}类　${cap ? `限价 ${cap}　` : ""}`
          : "不在目录　"}
        {code}
      </span>
    </span>
  );
}
const letters: Readonly<Record<string, string>> = { A: "01", B: "02", C: "03" };

/** A cap of the item, as a first guess at the price: whichever level it is for. */
const capOf = ({ version }: Pick<CatalogueItem, "version">): string | null => {
  const caps = version?.priceCaps;
  return caps ? (caps.all ?? caps.secondary ?? caps.primary ?? caps.tertiary ?? null) : null;
};

/** "12.5" in units of so many decimals, exactly: 12500000 of six. */
function whole(written: string | null, places: number): number {
  const [int = "0", part = ""] = (written ?? "0").split(".");
  return Number(`${int}${part.slice(0, places).padEnd(places, "0")}`);
}

function Lines({ lines, withdraw }: { lines: readonly DeskLine[]; withdraw: ((serial: string) => void) | null }) {
  return (
    <div className="scroll">
      <table className="plain-table desk-lines">
        <thead>
          <tr>
            <th>项目</th>
            <th>等级</th>
            <th className="right">单价×数量</th>
            <th className="right">金额</th>
            <th className="right">自费</th>
            <th className="right">超限价</th>
            <th className="right">先行自付</th>
            <th className="right">符合范围</th>
            {withdraw && <td />}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.serial}>
              <td className="desk-item">
                {line.name}
                <div className="muted desk-value">
                  {line.itemCode}　{line.chargedAt.slice(5, 16)}
                </div>
              </td>
              <td>{classNames[line.classCode]}</td>
              <td className="right number">
                {priceText(line.price)} × {quantityText(line.quantity)}
                {line.priceCap > 0 && <div className="muted">限价 {priceText(line.priceCap)}</div>}
              </td>
              <Money of={line.total} />
              <Money of={line.outsideCatalogue} />
              <Money of={line.overPriceCap} />
              <Money of={line.upfront} />
              <Money of={line.inScope} />
              {withdraw && (
                <td className="right">
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`撤销${line.name}`}
                    onClick={() => withdraw(line.serial)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Money = ({ of }: { of: number }) => (
  <td className="right number">{of === 0 ? <span className="muted">—</span> : text(of as Yuan)}</td>
);

/** 费用构成 · what the bill is made of before anybody pays. */
function Sums({ of: { settlement } }: { of: Preview }) {
  const parts: readonly [string, number][] = [
    ["总费用", settlement.total],
    ["全自费", settlement.outsideCatalogue],
    ["超限价", settlement.overPriceCap],
    ["先行自付", settlement.upfront],
    ["符合范围", settlement.inScope],
    ["起付线", settlement.deductiblePaid ?? 0],
  ];
  return (
    <dl className="card panel desk-sums" aria-label="费用构成">
      {parts.map(([name, amount]) => (
        <div key={name}>
          <dt className="muted">{name}</dt>
          <dd className="number desk-sum">{fen(amount)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The payers of the interface, as the bar shows them. */
function paidOf({ settlement }: Preview) {
  const yuan = (amount: number) => text(amount as Yuan);
  return {
    total: yuan(settlement.total),
    patientTotal: yuan(settlement.patientTotal ?? 0),
    pays: [
      { layer: "pooled", name: "基本医保", amount: yuan(settlement.pooled) },
      { layer: "criticalIllness", name: "大病保险", amount: yuan(settlement.criticalIllness) },
      { layer: "medicalAid", name: "医疗救助", amount: yuan(settlement.medicalAid) },
      { layer: "other", name: "其他", amount: yuan(settlement.otherPaid) },
    ],
  };
}

/** 结算单 · all that was paid, on one bill that can be printed; and the way back. */
export function Receipt({ play, encounter, settled }: { play: Play; encounter: Encounter; settled: Settled }) {
  const { settlement, payments, claimNo } = settled;
  const { key, visit } = play;
  const { demonstration } = useDesk();
  const told = [
    settlement.personName,
    codes.care[encounter.careCode]?.name,
    encounter.disease.name,
    ...(encounter.inpatient ? [`${dayShown(encounter.admittedOn)}入院`] : []),
    `${settlement.settledAt}结算`,
  ];
  return (
    <>
      <article className="card panel desk-receipt" aria-label="结算单">
        {demonstration && <p className="print-only print-demonstration">演示数据，都是编造的</p>}
        <h2>
          {key?.name || key?.code}　医保结算单
          <span className="aside number">{claimNo}</span>
        </h2>
        <p className="number">{told.join("　")}</p>
        <dl className="desk-big">
          <div>
            <dt className="muted">总费用</dt>
            <dd className="number desk-paid">{fen(settlement.total)}</dd>
          </div>
          <div>
            <dt className="muted">医保和救助付了</dt>
            <dd className="number desk-paid">{fen(settlement.fundsTotal)}</dd>
          </div>
          <div>
            <dt className="muted">病人付</dt>
            <dd className="number desk-paid desk-own">{fen(settlement.patientTotal ?? 0)}</dd>
          </div>
        </dl>
        <div className="desk-flat">
          <WhoPaid paid={paidOf(settled)} />
        </div>
        <table className="plain-table">
          <thead>
            <tr>
              <th>基金</th>
              <th className="right">支付</th>
              <th>怎么算的</th>
            </tr>
          </thead>
          <tbody>
            {payments.map(({ fundCode, fundName, paid, process }) => (
              <tr key={fundCode}>
                <td>{fundName}</td>
                <td className="right number">{fen(paid)}</td>
                <td>{process}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3 className="desk-head">费用明细（{visit.lines.length} 条）</h3>
        <Lines lines={visit.lines} withdraw={null} />
      </article>
      <Refusal play={play} />
      <div className="card panel desk-bar screen-only">
        <Button icon={<RollbackOutlined />} loading={play.isBusy} onClick={() => void play.reverse()}>
          撤销这笔结算（{encounter.inpatient ? "2305" : "2208"}）
        </Button>
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印结算单 <kbd>p</kbd>
        </Button>
      </div>
    </>
  );
}
