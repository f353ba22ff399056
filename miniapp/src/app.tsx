import { mergeInternalComponents } from "@tarojs/shared";
import { useDidShow, useLaunch, usePageNotFound } from "@tarojs/taro";
import type { PropsWithChildren } from "react";
import { ariaAttributes } from "../config/aria.ts";
import { followNetwork } from "./api.ts";
import { phoneCodes } from "./pages/credentials/phone-codes.ts";
import { openMoved } from "./route.ts";
import { inBrowser } from "./store.ts";
import { askToday } from "./today.ts";
import "./app.scss";
// Each after what it builds on: whatever can be pressed begins as nothing, and a page's own style comes last.
import "./parts/icon.scss";
import "./parts/press.scss";
import "./parts/form.scss";
import "./parts/tell.scss";
import "./parts/page.scss";
import "./parts/one-time-code.scss";
import "./parts/sheet.scss";

if (!inBrowser) mergeInternalComponents(ariaAttributes);

/** Inside somebody else's page there is nothing to press: not every edge can tell a browser to refuse that. */
const isFramed = inBrowser && window.parent !== window;

/** 居民端 · the residents' mini-program. */
export default function App({ children }: PropsWithChildren) {
  useLaunch(followNetwork);
  usePageNotFound(({ path, query }) => openMoved(path, query));
  // Without an answer there is no banner; the pages say themselves that nothing can be reached.
  useDidShow(() => void askToday().catch(() => {}));
  useDidShow(keepCodesUp);
  return isFramed ? null : children;
}

/** A phone that holds codes renews them while there is a network; what that takes is fetched only then. */
function keepCodesUp(): void {
  if (phoneCodes.get().length === 0) return;
  void import("./pages/credentials/device-key.ts").then(({ keepUp }) => keepUp()).catch(() => {});
}
