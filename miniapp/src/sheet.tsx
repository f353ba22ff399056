import { Popup } from "@nutui/nutui-react-taro";
import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Button, Heading } from "./parts.tsx";
import { inBrowser } from "./store.ts";

/** A sheet from below that answers one question, or asks one: `act` is the yes to it, `close` the no. */
export function Sheet({
  title,
  close = "知道了",
  act,
  onClose,
  children,
}: {
  title: string | null;
  close?: string;
  act?: ReactNode;
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
        {act}
        <Button quiet={act !== undefined} onPress={onClose}>
          {close}
        </Button>
      </View>
    </Popup>
  );
}
