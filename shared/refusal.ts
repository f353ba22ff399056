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
  "proof-needed": [403, "这一步要先再核验一次是您本人。"],
  "code-wrong": [422, "验证码不对，请再看一下短信。"],
  "code-used-up": [422, "验证码已经失效，请重新获取。"],
  "counter-code-wrong": [422, "核验码不对，请对照窗口给您的核验码再输一次。"],
  "no-telephone-on-record": [422, "登记信息里没有您的手机号，请带身份证到窗口登记，或在窗口领取核验码。"],
  "same-telephone": [409, "这就是现在登记的手机号，不用更换。"],
  "way-not-offered": [422, "这里没有开通这种核验方式，请换一种。"],
  "face-not-matched": [422, "人脸核验没有通过，请重新核验，或换用短信验证码、窗口核验码。"],
  "face-unreachable": [502, "暂时连不上人脸核验，请稍后再试，或换用短信验证码、窗口核验码。"],
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

  // Family.
  "family-self": [422, "不能把自己加为亲情账户成员。"],
  "family-full": [409, "亲情账户最多5个人，已经满了；先解除一位再添加。"],
  "already-held": [409, "这个人已经在您的亲情账户里，或正等着同意。"],
  "guardian-too-young": [422, "您未满16岁，不能管理别人的医保，请由成年家人办理。"],
  "family-relationship": [422, "这个关系和登记的年龄对不上，请重新选择。"],
  "relationship-proof-needed": [422, "未满16岁的成员，要先证明你们的关系，请选择一种可用的证明。"],
  "commitment-needed": [422, "未满16岁的成员，要由监护人签承诺书。"],
  "household-differs": [422, "登记信息里你们不在同一户，请换出生医学证明，或带户口簿到窗口核对。"],
  "birth-certificate": [422, "出生医学证明编号不对，应为1位字母加9位数字，请对照证件再输一次。"],
  "family-request-closed": [409, "这个请求已经处理过了，或已经过期。"],
  "family-not-yours": [403, "这个请求要由对方本人答复。"],
  "minor-held": [403, "未满16岁，要由监护人解除。"],
  "member-not-agreed": [403, "这位家人还没有同意，或亲情账户已经解除。"],
  "newborn-too-old": [422, "孩子已满1周岁，请用身份证号添加；还没有身份证号的，请到窗口办理。"],
  "newborn-differs": [409, "这张出生医学证明已经登记过，内容和这次填的不一样，请核对，或到窗口办理。"],
  "newborn-has-parents": [409, "这个孩子已经有两位家长登记，请到窗口办理。"],
  "has-identity-number": [409, "这个孩子已经有身份证号了。"],
  "merge-at-counter": [422, "身份证号和登记的孩子对不上，没有改动，请带户口簿和出生医学证明到窗口办理。"],

  // Orders and payments.
  "request-reused": [409, "这个请求编号已经用过，内容却不一样。"],
  "payments-closed": [409, "现在暂停缴费，没有扣款。"],
  "order-not-payable": [409, "这张缴费单已经处理过了。"],
  "order-expired": [409, "这张缴费单已经过期，请重新下单，没有扣款。"],
  "channel-unreachable": [502, "暂时连不上支付渠道，没有扣款，请稍后再试。"],
  "wechat-needed": [422, "这个账号不是用微信登录的，请在浏览器里付款。"],
  "signature-wrong": [401, "签名不对。"],
  "notice-refused": [422, "通知的内容和我们的记录不符。"],
  "refund-not-possible": [409, "这笔钱现在不能退，请刷新后再看。"],
  "refund-too-late": [422, "待遇期已经开始，不能退费了。"],
  "refund-exists": [409, "这个人这一年的退费已经申请过了。"],
  "refund-decided": [409, "这个申请已经处理过了。"],
  "receipt-unknown": [404, "没有查到这张票据，请对照票据上的票据号和校验码再输一次。"],
  "own-proposal": [403, "退费是您提出的，要由另一位经办人员审核。"],

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
