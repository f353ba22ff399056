import { draft } from "../../drafts.ts";

/** 登录 · what was typed there, for how long the last code is good, and when another can be had (wall-clock milliseconds). */
export const signingIn = draft("sign-in", { telephone: "", code: "", askedAs: "", validMinutes: 0, nextCodeAt: 0 });

/** 再核验 · what was typed there. */
export const proving = draft("prove", {
  code: "",
  lastSix: "",
  counterCode: "",
  ticket: "",
  validMinutes: 0,
  nextCodeAt: 0,
});

/** 换手机号 · what was typed there. */
export const newTelephone = draft("telephone", { telephone: "", code: "", validMinutes: 0, nextCodeAt: 0 });

/** 绑定 · what was typed there. */
export const binding = draft("binding", { name: "", identityNumber: "" });
