import { inBrowser, store } from "../store.ts";

/** 朗读 · only browsers can; mini-programs of WeChat have no speech of their own. */
export const canSpeak = inBrowser && "speechSynthesis" in window;

/** The text that is being read aloud, or nothing. */
export const speaking = store("");

/** Reads a text aloud, slowly; anything that was being read stops. */
export function speak(words: string): void {
  const { speechSynthesis } = window;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(words.replace(/¥([\d,.]+)/g, "$1元").replace(/\.00元/g, "元"));
  said.lang = "zh-CN";
  said.rate = 0.9;
  said.onend = () => speaking.get() === words && speaking.set("");
  said.onerror = said.onend;
  speaking.set(words);
  speechSynthesis.speak(said);
}

/** Stops reading. */
export function hush(): void {
  if (canSpeak) window.speechSynthesis.cancel();
  speaking.set("");
}
