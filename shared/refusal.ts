/** 拒绝 · every way we say no: a status for the wire and a sentence in plain Chinese that says what to do. */
export const refusals = {
  malformed: [400, "填写的内容有误，请检查后再试。"],
  "too-large": [413, "提交的内容太大，请减少后再试。"],
  "no-such-endpoint": [404, "没有这个地址。"],
  "not-found": [404, "我们没有找到这条记录。"],
  "too-many-requests": [429, "操作太快了，请稍等一会儿再试。"],
  "try-again": [409, "刚才同时有另一次操作，请再试一次。"],
  paused: [429, "试的次数太多，先休息一下。"],

  // Who you are.
  "not-signed-in": [401, "请先登录。"],
  "session-expired": [401, "登录时间到了，请重新登录。"],
  "session-stolen": [401, "这个登录可能被别人用过，已经停用，请重新登录。"],
  "not-bound": [403, "请先用姓名和身份证号确认您是谁。"],
  "proof-needed": [403, "这一步要先用短信验证码再确认一次是您本人。"],
  "code-wrong": [422, "验证码不对，请再看一下短信。"],
  "code-used-up": [422, "验证码已经失效，请重新获取。"],
  "sms-not-sent": [502, "短信没有发出去，请稍后再试。"],
  "wechat-code-refused": [422, "微信登录没有成功，请重新打开小程序再试。"],
  "wechat-unreachable": [502, "暂时连不上微信，请稍后再试。"],
  "identity-number": [422, "身份证号好像不对，请对照身份证再输一次。"],
  "name-mismatch": [422, "我们没有找到姓名和身份证号一致的人，请对照身份证核对，或拨打12393。"],
  "bound-to-another": [409, "这个账号已经绑定了别人，请换一个账号，或到窗口办理。"],
  "person-not-found": [404, "我们没有找到这个人的登记信息。"],
  deceased: [422, "登记信息显示此人已经去世，不能办理。如有误，请到窗口更正。"],

  // What is owed.
  "unknown-area": [422, "这个统筹区不在系统中。"],
  "unknown-transfer": [422, "转诊所接的那次住院不在这个案例里。"],
  "no-rule-in-force": [422, "这一天没有生效的政策规定，不能计算。"],
  "window-not-open": [422, "现在不在缴费期内，暂时不能缴费。"],
  "already-enrolled": [409, "这个年度已经参保，不用再缴。"],
  "duplicate-enrolment": [409, "正在参加职工医保，不能同时参加居民医保。"],
  "cover-too-late": [422, "现在缴费，等待期满时这个年度已经结束，缴了也享受不到，所以没有收费。"],
  "price-changed": [409, "应缴金额有变化，没有扣款，请重新确认。"],

  // Orders and payments.
  "request-reused": [409, "这个请求编号已经用过，内容却不一样。"],
  "order-not-payable": [409, "这张缴费单已经处理过了。"],
  "order-expired": [409, "这张缴费单已经过期，请重新下单，没有扣款。"],
  "channel-unreachable": [502, "暂时连不上支付渠道，没有扣款，请稍后再试。"],
  "signature-wrong": [401, "签名不对。"],

  // Officers.
  "issuer-unreachable": [502, "暂时连不上统一登录，请稍后再试。"],
  "not-an-officer": [403, "您还没有被登记为经办人员。"],
  "role-missing": [403, "您的岗位不能办这件事。"],
  "outside-area": [403, "这不在您的辖区内。"],
  "own-target": [403, "本单位的目标由上级下达。"],
  "no-telephone": [404, "登记信息里没有电话。"],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof refusals;

/** An expected no. `detail` is one more sentence for the person; nothing personal belongs in it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly detail: string | undefined;
  constructor(code: RefusalCode, { detail, cause }: { detail?: string; cause?: unknown } = {}) {
    const [status, message] = refusals[code];
    super(message, { cause });
    this.name = "Refusal";
    this.code = code;
    this.status = status;
    this.detail = detail;
  }

  /** What is shown and sent: the message, and the detail where there is one. */
  get sentence(): string {
    return this.detail ? `${this.message}（${this.detail}）` : this.message;
  }
}
