import { View } from "@tarojs/components";
import { useState } from "react";
import { type Destination, destinationShown, destinations } from "../../../../shared/filing/places.ts";
import { Field, Option, Options } from "../../parts/form.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Button, Press } from "../../parts/press.tsx";
import { Heading, Note } from "../../parts/tell.tsx";

/** Where most people go from everywhere; our choice, to save typing. */
const often = ["110000", "310000", "440100", "440300", "330100", "320100", "320500", "420100", "510100"];

const byCode = new Map(destinations.map((one) => [one.code, one]));
const known = (codes: readonly string[]): Destination[] => codes.flatMap((code) => byCode.get(code) ?? []);
const provinces = [...new Set(destinations.map(({ province }) => province))];
/** 广西, 内蒙古: a province as people say it. */
const short = (province: string) => province.replace(/(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$/, "");

/** 浙江省杭州市 of a code, "" of none. */
const destinationWords = (code: string | null): string => {
  const found = code === null ? undefined : byCode.get(code);
  return found ? destinationShown(found) : "";
};

/** 选城市 · a city or municipality: one of those filed for before, a large one, one that is typed, or by its province. */
export function WhereTo({
  label,
  chosen,
  recent,
  fault,
  onChoose,
}: {
  label: string;
  chosen: string | null;
  recent: readonly string[];
  fault: string | null;
  onChoose: (code: string) => void;
}) {
  const [changing, change] = useState(false);
  const choose = (code: string) => {
    change(false);
    onChoose(code);
  };
  return (
    <View className="card">
      <Heading>{label}</Heading>
      {chosen !== null && !changing ? (
        <View className="title-row">
          <View className="fill chosen-place">{destinationWords(chosen)}</View>
          <Press
            className="text-button"
            label={`换一个城市，现在是${destinationWords(chosen)}`}
            onPress={() => change(true)}
          >
            换一个
          </Press>
        </View>
      ) : (
        <Search recent={recent} onChoose={choose} />
      )}
      {fault && <Note tone="stop">{fault}</Note>}
    </View>
  );
}

const shownAtMost = 12;

function Search({ recent, onChoose }: { recent: readonly string[]; onChoose: (code: string) => void }) {
  const [words, type] = useState("");
  const wanted = words.trim();
  const found = destinations.filter((one) => destinationShown(one).includes(wanted));
  return (
    <>
      <Field
        label="找城市"
        hint="打城市名里的一两个字，比如：杭州"
        maxlength={20}
        value={words}
        fault={null}
        onChange={type}
      />
      {wanted === "" ? (
        <Browse recent={recent} onChoose={onChoose} />
      ) : (
        <Options label="找到的城市">
          {found.slice(0, shownAtMost).map(({ code, name, province }) => (
            <Option key={code} title={name} chosen={false} onChoose={() => onChoose(code)}>
              {province !== name && <View className="muted">{province}</View>}
            </Option>
          ))}
          {found.length === 0 && <Note tone="plain">没有找到带“{wanted}”的城市。县和区请打所在的市。</Note>}
          {found.length > shownAtMost && (
            <View className="muted">还有{found.length - shownAtMost}个，请多打一个字。</View>
          )}
        </Options>
      )}
    </>
  );
}

function Chips({
  title,
  places,
  onChoose,
}: {
  title: string;
  places: readonly Destination[];
  onChoose: (code: string) => void;
}) {
  return (
    <>
      <View className="label">{title}</View>
      <View className="chips">
        {places.map(({ code, name }) => (
          <Press key={code} className="year" onPress={() => onChoose(code)}>
            {name}
          </Press>
        ))}
      </View>
    </>
  );
}

/** What can be pressed without typing: places filed for before, large ones, and every one by its province. */
function Browse({ recent, onChoose }: { recent: readonly string[]; onChoose: (code: string) => void }) {
  const [province, open] = useState<string | null>(null);
  if (province === null)
    return (
      <>
        {recent.length > 0 && <Chips title="以前填过的" places={known(recent)} onChoose={onChoose} />}
        <Chips title="去得多的" places={known(often)} onChoose={onChoose} />
        <Button quiet onPress={() => open("")}>
          按省份找
        </Button>
      </>
    );
  if (province === "")
    return (
      <>
        <View className="label">哪个省</View>
        <View className="chips">
          {provinces.map((one) => (
            <Press key={one} className="year" label={one} onPress={() => open(one)}>
              {short(one)}
            </Press>
          ))}
        </View>
      </>
    );
  const cities = destinations.filter((one) => one.province === province);
  return (
    <>
      <Chips title={`${province}的哪个市`} places={cities} onChoose={onChoose} />
      <Press className="text-button" onPress={() => open("")}>
        <Icon name="back" />
        换一个省
      </Press>
    </>
  );
}
