import Taro from "@tarojs/taro";
import { inBrowser, keep, kept } from "../../store.ts";

const place = (name: string) => `sealed:${name}`;

/**
 * 封存 · keeps a secret on this phone: encrypted by WeChat itself, in a browser under a key that its scripts may use and not read.
 * It keeps a copied storage from being of use. It does not stop whoever has the unlocked phone, nor a script inside our own page.
 */
export async function seal(name: string, secret: string): Promise<void> {
  if (process.env.TARO_ENV !== "h5") {
    // Taro's types do not know yet that WeChat encrypts what it keeps where it is asked to.
    await Taro.setStorage({ key: place(name), data: secret, encrypt: true } as Taro.setStorage.Option);
    return;
  }
  const key = await browserKey(true);
  if (!key) return keep(place(name), secret);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(secret));
  keep(place(name), `${numbers(iv)}.${numbers(new Uint8Array(sealed))}`);
}

/** The secret again; null where it is not there, or cannot be opened here. */
export async function unseal(name: string): Promise<string | null> {
  try {
    if (process.env.TARO_ENV !== "h5") {
      return (
        (await Taro.getStorage({ key: place(name), encrypt: true } as Taro.getStorage.Option<string>)).data || null
      );
    }
    const written = kept<string>(place(name));
    const [iv, sealed] = (written ?? "").split(".").map(bytesOf);
    if (!iv || !sealed) return written;
    const key = await browserKey(false);
    if (!key) return null;
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
  } catch {
    return null;
  }
}

/** Forgets a secret. */
export const forgetSealed = (name: string): void => keep(place(name), null);

const numbers = (bytes: Uint8Array): string => bytes.join(",");
const bytesOf = (written: string) => Uint8Array.from(written.split(","), Number);

/** The browser's own key, made once; null where the page is not from a safe origin, which then has no sealing at all. */
async function browserKey(make: boolean): Promise<CryptoKey | null> {
  if (!inBrowser || !window.isSecureContext) return null;
  const shelf = await opened();
  const found = await told<CryptoKey | undefined>(shelf.transaction("keys").objectStore("keys").get("own"));
  if (found || !make) return found ?? null;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await told(shelf.transaction("keys", "readwrite").objectStore("keys").put(key, "own"));
  return key;
}

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open("sealed", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
  return told(asked);
}

const told = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
