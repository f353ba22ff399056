import { View } from "@tarojs/components";
import { type Document, documents } from "../../../../../shared/areas/documents.ts";
import { Page } from "../../../parts/page.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { today } from "../../../today.ts";
import { dayWords } from "../../../words.ts";

const readWords = {
  whole: "我们读过全文",
  quoted: "我们读到的是别人摘录的条文",
  reported: "我们只读到别人的转述",
} as const satisfies Record<Document["read"], string>;

/** 规定从哪里来 · the documents behind the amounts, and what is said where there is none. */
export default function Sources() {
  const areas = today.use()?.areas ?? [];
  return (
    <Page>
      <Heading level={1}>规定从哪里来</Heading>
      <Note tone="plain">
        每一笔钱都可以点“为什么”，看到依据的文件和条款。没有查到文件的，会写明“没有查到文件，先这样假定”。最后以当地医保部门的答复为准。
      </Note>
      {areas.length > 0 && (
        <View className="card">
          <Heading>收录了哪些地方</Heading>
          <View>{areas.map(({ name }) => name).join("、")}</View>
        </View>
      )}
      <View className="card">
        <Heading>收录了哪些文件</Heading>
        {Object.entries<Document>(documents).map(([number, { title, dated, read, checked }]) => (
          <View key={number} className="ground">
            <View className="title">{title}</View>
            {number !== title && <View>{number}</View>}
            {dated && <View className="muted">{dayWords(dated)}</View>}
            <View className="muted">
              {readWords[read]}，{dayWords(checked)}核对
            </View>
          </View>
        ))}
      </View>
    </Page>
  );
}
