import { View } from "@tarojs/components";
import { inBrowser } from "../store.ts";

export type IconName =
  | "back"
  | "forward"
  | "home"
  | "grid"
  | "person"
  | "people"
  | "coin"
  | "list"
  | "done"
  | "waiting"
  | "attention"
  | "stop"
  | "plain"
  | "speaker"
  | "telephone"
  | "letters"
  | "book"
  | "bell"
  | "calendar"
  | "receipt"
  | "back-money"
  | "check"
  | "care"
  | "question"
  | "place"
  | "camera"
  | "qr";

/** A drawing that goes with a word; it says nothing on its own. */
export const Icon = ({ name }: { name: IconName }) => (
  <View className={`icon icon-${name}`} {...(inBrowser && { "aria-hidden": "true" })} />
);
