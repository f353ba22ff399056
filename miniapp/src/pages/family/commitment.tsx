import { View } from "@tarojs/components";
import { Option, Options } from "../../parts/form.tsx";
import { Heading, ReadAloud } from "../../parts/tell.tsx";

const words = "我是孩子的监护人。我填的都是真的；如果填错了，我会及时更正。";

/** 监护人承诺 · the sentences that a guardian stands for, and the press that says so. */
export function Commitment({ given, onGive }: { given: boolean; onGive: (given: boolean) => void }) {
  return (
    <View className="card">
      <Heading>监护人承诺</Heading>
      <View>{words}</View>
      <ReadAloud words={words} />
      <Options label="监护人承诺" many>
        <Option many title="我承诺" chosen={given} onChoose={() => onGive(!given)} />
      </Options>
    </View>
  );
}
