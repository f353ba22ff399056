import { Popup } from "@nutui/nutui-react-taro";
import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Button, Heading } from "./parts.tsx";
import { inBrowser } from "./store.ts";

/** A sheet from below that answers one question. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string | null;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Popup visible={title !== null} position="bottom" destroyOnClose onClose={onClose}>
      <View
        className="sheet"
        {...(inBrowser && title !== null && { role: "dialog", "aria-modal": "true", "aria-label": title })}
      >
        <View className="scroll" {...(inBrowser && { tabIndex: 0 })}>
          <Heading>{title}</Heading>
          {children}
        </View>
        <Button onPress={onClose}>知道了</Button>
      </View>
    </Popup>
  );
}
