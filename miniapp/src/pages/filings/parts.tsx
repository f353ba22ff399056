import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, type Filing, type FilingOptions, type Member } from "../../api.ts";
import { Option, Options } from "../../parts/form.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Button, Press } from "../../parts/press.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { Note } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { relationshipWords } from "../../ties.ts";
import { dayWords } from "../../words.ts";
import { standingWords } from "../claims/words.ts";
import { filingTones } from "./words.ts";

/** Whose filings one may make: the dependants who agreed. */
export async function askMembers(): Promise<readonly Member[]> {
  const { dependants } = await call("family.members");
  return dependants.filter(({ state }) => state === "agreed");
}

/** 给谁办 · oneself, or a dependant of the family account. */
export function ForWhom({
  members,
  tie,
  onChoose,
}: {
  members: readonly Member[];
  tie: string | null;
  onChoose: (tie: string | null) => void;
}) {
  const [opened, open] = useState(false);
  if (members.length === 0)
    return (
      <Press className="text-button" onPress={() => go("family/add")}>
        <Icon name="people" />
        给家人办，先添加家人
      </Press>
    );
  const chosen = members.find(({ tieNo }) => tieNo === tie);
  const choose = (one: string | null) => {
    open(false);
    onChoose(one);
  };
  return (
    <View className="card">
      {opened ? (
        <Options label="给谁办">
          <Option title="我自己" chosen={tie === null} onChoose={() => choose(null)} />
          {members.map((one) => (
            <Option key={one.tieNo} title={one.name} chosen={one === chosen} onChoose={() => choose(one.tieNo)}>
              <View className="muted">{relationshipWords(one)}</View>
            </Option>
          ))}
        </Options>
      ) : (
        <Answer name="给谁办" press="换人" onChange={() => open(true)}>
          {chosen ? `${chosen.name}（${relationshipWords(chosen)}）` : "我自己"}
        </Answer>
      )}
      {tie !== null && <View className="muted">您替家人办，会记下来，也会告诉他本人。</View>}
    </View>
  );
}

/** 备案的状态 · icon, word, and what it means. */
export const FilingState = ({ filing: { state, stateName, sentence } }: { filing: Filing }) => (
  <View className={`state ${filingTones[state]}`}>
    <Icon name={filingTones[state]} />
    <View className="fill">
      <View className="title">{stateName}</View>
      <View>{sentence}</View>
    </View>
  </View>
);

/** 依据 · the rules that count here, one press deeper. */
export function Rules({ rules }: { rules: FilingOptions["rules"] }) {
  const [shown, show] = useState(false);
  return (
    <>
      <Press className="text-button" onPress={() => show(true)}>
        <Icon name="book" />
        这些规定从哪里来
      </Press>
      <Sheet title={shown ? "备案的规定" : null} onClose={() => show(false)}>
        {rules.map((rule) => (
          <View key={rule.name} className="ground">
            <View className="title">{rule.name}</View>
            <View>{rule.text}</View>
            <View className={`tag ${rule.standing}`}>{standingWords[rule.standing]}</View>
            {rule.cite && <View className="muted">{rule.cite}</View>}
            {rule.note && <View className="muted">{rule.note}</View>}
            <View className="muted">{dayWords(rule.from)}起适用</View>
          </View>
        ))}
      </Sheet>
    </>
  );
}

/** One answer of a summary, and the way back to it. */
export const Answer = ({
  name,
  press = "改",
  onChange,
  children,
}: {
  name: string;
  press?: string;
  onChange: () => void;
  children: ReactNode;
}) => (
  <View className="answer">
    <View className="fill">
      <View className="muted">{name}</View>
      <View className="title">{children}</View>
    </View>
    <Press className="text-button" label={`${press}：${name}`} onPress={onChange}>
      {press}
    </Press>
  </View>
);

type Cover = FilingOptions["cover"];

/** 待遇 · where cover does not stand, what that means for a filing, told before anything is typed. */
export function CoverNote({ options: { cover, latest, name } }: { options: FilingOptions }) {
  const words = coverHinders(cover, latest);
  if (!words) return null;
  return (
    <View className="card">
      <Note tone={cover.state === "employee" ? "plain" : "attention"}>
        {name}：{words}
      </Note>
      {cover.state === "not-enrolled" && (
        <Button quiet onPress={() => go("contributions/whom")}>
          去缴费参保
        </Button>
      )}
    </View>
  );
}

/** Is cover such that a filing may begin on some day that can be chosen? */
export const mayFile = ({ cover, latest }: FilingOptions): boolean =>
  cover.state === "covered" || ((cover.state === "waiting" || cover.state === "starts-later") && cover.from <= latest);

function coverHinders(cover: Cover, latest: string): string {
  switch (cover.state) {
    case "covered":
      return "";
    case "waiting":
    case "starts-later": {
      const why = cover.state === "waiting" ? "还在等待期（缴了费，要等一段时间才能报销）" : "保障还没有开始";
      const from = dayWords(cover.from);
      return cover.from <= latest
        ? `${why}，${from}起能报销。现在可以备案，开始日期请选${from}或以后。`
        : `${why}，${from}起能报销。这之前看病医保不报，备案也没有用；快到那天再来备案。`;
    }
    case "employee":
      return "现在参加的是职工医保，请到职工医保那边备案。";
    case "over":
      return "这一年的保障已经结束，看病医保不报，先参保才能备案。";
    case "not-enrolled":
      return "现在没有参保，看病医保不报，先参保才能备案。";
  }
}
