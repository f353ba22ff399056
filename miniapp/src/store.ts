import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";

/** Is this the browser build (H5)? Otherwise it runs in WeChat. */
export const inBrowser = process.env.TARO_ENV === "h5";

/** One value that pages share; a page that uses it is drawn again when it changes. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  use(): T;
}

/** Makes a shared value; `keep` is told of every change. */
export function store<T>(initial: T, keep: (value: T) => void = () => {}): Store<T> {
  let held = initial;
  const listeners = new Set<() => void>();
  const get = () => held;
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    get,
    set: (value) => {
      held = value;
      keep(value);
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(listen, get, get),
  };
}

/** Reads what the phone kept over restarts; null where there is nothing, or nothing that can be read. */
export function kept<T>(name: string): T | null {
  try {
    return (Taro.getStorageSync(name) as T) || null;
  } catch {
    return null;
  }
}

/** Keeps a value over restarts; null forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) Taro.removeStorageSync(name);
    else Taro.setStorageSync(name, value);
  } catch {
    // A phone without room still works until it is closed.
  }
}

/** The names of everything that the phone keeps over restarts. */
export function keptPlaces(): readonly string[] {
  try {
    return Taro.getStorageInfoSync().keys;
  } catch {
    return [];
  }
}
