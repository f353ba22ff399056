import { View } from "@tarojs/components";
import Taro, { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { call, type Hospital } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { inBrowser } from "../../../store.ts";
import { WhereTo } from "../destination.tsx";
import "../filings.scss";

const levels = [
  ["tertiary", "三级"],
  ["secondary", "二级"],
  ["primary", "一级及以下"],
] as const;
const services = [
  ["inpatient", "住院"],
  ["outpatient", "普通门诊"],
  ["chronic-outpatient", "门诊慢特病"],
] as const;
type Level = (typeof levels)[number][0];
type Service = (typeof services)[number][0];

/** 联网医院 · the hospitals of a place where care is settled at once, by name, level and service. */
export default function Hospitals() {
  const { destination } = useRouter().params;
  const [place, choose] = useState(destination ?? null);
  const [typed, type] = useState("");
  const [words, search] = useState("");
  const [level, setLevel] = useState<Level | null>(null);
  const [service, setService] = useState<Service | null>(null);
  return (
    <Page>
      <Heading level={1}>外地联网医院</Heading>
      <View>在这些医院看病，备过案就能直接用医保结算，不用先垫钱再回来报。</View>
      <WhereTo label="哪个城市" chosen={place} recent={[]} fault={null} onChoose={choose} />
      {place !== null && (
        <>
          <View className="card">
            <Field
              label="找医院"
              hint="医院名里的几个字"
              maxlength={40}
              value={typed}
              fault={null}
              onChange={type}
              onDone={() => search(typed.trim())}
            />
            <Button quiet onPress={() => search(typed.trim())}>
              找
            </Button>
            <Chips title="等级" all="都行" of={levels} chosen={level} onChoose={setLevel} />
            <Chips title="看什么" all="都行" of={services} chosen={service} onChoose={setService} />
          </View>
          <List place={place} words={words} level={level} service={service} />
        </>
      )}
    </Page>
  );
}

function Chips<T extends string>({
  title,
  all,
  of,
  chosen,
  onChoose,
}: {
  title: string;
  all: string;
  of: readonly (readonly [T, string])[];
  chosen: T | null;
  onChoose: (name: T | null) => void;
}) {
  const one = (name: T | null, words: string) => (
    <Press
      key={words}
      className={`year${name === chosen ? " chosen" : ""}`}
      current={name === chosen}
      label={`${title}：${words}`}
      onPress={() => onChoose(name)}
    >
      {words}
    </Press>
  );
  return (
    <>
      <View className="label">{title}</View>
      <View className="chips pairs">
        {one(null, all)}
        {of.map(([name, words]) => one(name, words))}
      </View>
    </>
  );
}

function List({
  place,
  words,
  level,
  service,
}: {
  place: string;
  words: string;
  level: Level | null;
  service: Service | null;
}) {
  const { answer, refused, again } = useAsk(`hospitals ${place} ${words} ${level} ${service}`, () =>
    call("hospitals.list", {
      query: { destination: place, ...(words && { q: words }), ...(level && { level }), ...(service && { service }) },
    }),
  );
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  const { hospitals, more, destination } = answer;
  if (hospitals.length === 0)
    return (
      <View className="card">
        <View>
          {words || level || service
            ? "没有找到这样的医院，换几个字，或者把等级、看什么改成“都行”再找。"
            : `还没有查到${destination.name}的联网医院。去以前请打12393问一问。`}
        </View>
      </View>
    );
  return (
    <>
      {hospitals.map((one) => (
        <One key={one.code} hospital={one} />
      ))}
      {more && <Note tone="plain">还有更多，请打几个字再找。</Note>}
    </>
  );
}

function One({
  hospital: { name, levelName, public: isPublic, services, address, telephone },
}: {
  hospital: Hospital;
}) {
  const dial = () => {
    const phoneNumber = telephone.replace(/[^\d]/g, "");
    if (inBrowser) window.location.href = `tel:${phoneNumber}`;
    else void Taro.makePhoneCall({ phoneNumber });
  };
  return (
    <View className="card">
      <Heading>{name}</Heading>
      <View>
        {levelName}
        {isPublic ? "　公立" : "　民营"}
      </View>
      <View className="muted">能直接结算：{services.join("、")}</View>
      {address && <View>{address}</View>}
      {telephone && (
        <Press className="text-button" label={`打电话给${name}`} onPress={dial}>
          <Icon name="telephone" />
          {telephone}
        </Press>
      )}
    </View>
  );
}
