import type { Day } from "./day.ts";

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
  "proof-too-old": [403, "上次核验已经过去太久，请再核验一次是您本人，核验完接着办。"],
  "last-six-wrong": [422, "和登记的身份证号后六位对不上，请对照身份证再输一次，或换用窗口核验码。"],
  "code-wrong": [422, "验证码不对，请再看一下短信。"],
  "code-used-up": [422, "验证码已经失效，请重新获取。"],
  "counter-code-wrong": [422, "核验码不对，请对照窗口给您的核验码再输一次。"],
  "no-telephone-on-record": [422, "登记信息里没有您的手机号，请带身份证到窗口登记，或在窗口领取核验码。"],
  "same-telephone": [409, "这就是现在登记的手机号，不用更换。"],
  "telephone-change-waiting": [409, "已经有一个换号在等待生效，请先停止它，或带身份证到窗口马上换。"],
  "telephone-change-over": [409, "没有正在等待的换号：它已经生效，或已经停止。请看看现在登记的手机号。"],
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
  "newborn-unconfirmed": [
    409,
    "这个孩子还在等窗口核对出生医学证明，核对后才能办。待遇仍从出生算起，不会因为等待变少。",
  ],
  "newborn-has-parents": [409, "这个孩子已经有两位家长登记，请到窗口办理。"],
  "has-identity-number": [409, "这个孩子已经有身份证号了。"],
  "number-at-counter": [
    422,
    "参保登记里还没有这个身份证号，请核对；刚上的户口，请带户口簿到窗口补上。已经缴的费还是孩子的。",
  ],
  "merge-at-counter": [422, "身份证号和登记的孩子对不上，没有改动，请带户口簿和出生医学证明到窗口办理。"],

  // Orders and payments.
  "request-reused": [409, "这个请求编号已经用过，内容却不一样。"],
  "payments-closed": [409, "现在暂停缴费，没有扣款。"],
  "channel-open": [409, "支付渠道本来就开着。"],
  "proposal-gone": [409, "这个提议已经处理过，或者过了期限，请刷新后再看。"],
  "proposal-moved": [409, "提出以后情况变了，不能照原来的办，请退回，让提出的人重新提出。"],
  "proposal-same-hand": [403, "这是您提出的，要由另一位经办人员复核。"],
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
  "credential-state": [409, "医保码现在的状态不能办这件事。"],
  "credential-held": [403, "这个医保码由工作人员挂失，请到窗口或拨打12393办理。"],
  "phones-full": [409, "最多在5部手机上开通，请先移除一部。"],
  "phone-unknown": [404, "这部手机没有开通医保码，或已经被移除，请重新开通。"],
  "phone-signature": [422, "这部手机的签名不对，请重新开通。"],
  "phone-clock": [422, "手机时间和现在相差太远，请校准手机时间。"],
  "paper-needs-card": [422, "纸质码要同时核对身份证，证件号码没有给，或和纸质码不是同一个人。"],
  "token-unknown": [422, "这个医保码令牌不是给这家机构、这个人的，请重新扫码。"],
  "token-expired": [422, "医保码令牌过期了，请重新扫码。"],
  "token-purpose": [422, "这个令牌不是为这种业务扫的码，请按这次业务重新扫码。"],
  "card-taken": [409, "这个社会保障卡号已经登记在别人名下，请核对。"],
  "use-time": [422, "用码时间不对：不能在将来，也不能早于30天以前。"],
  "case-decided": [409, "这个疑点已经核查过了。"],

  // Care.
  "not-enrolled": [422, "这一年没有参保，不能用医保结算。"],
  "in-waiting": [422, "还在等待期，暂时不能用医保结算。"],
  "cover-not-begun": [422, "待遇还没有开始，暂时不能用医保结算。"],
  "covered-as-employee": [422, "正在参加职工医保，不在居民医保结算。"],
  "cover-ended": [422, "出院那天没有待遇，跨年的住院要分开结算。"],
  "not-related": [
    403,
    "这个人员编号一天内没有在本机构出示过就诊凭证，也没有在本机构就诊的记录，请先读取本人凭证（1101）再办。",
  ],
  "too-many-people": [429, "本机构今天查询的人数已经到了上限，请联系医保经办机构；已经在本机构看病的人不受影响。"],
  "certificate-mismatch": [422, "凭证和人员编号不是同一个人，请重新读取凭证。"],
  "certificate-not-served": [422, "暂时不支持这种就诊凭证，请用医保码、身份证或社会保障卡。"],
  "encounter-exists": [409, "这个院内就诊号已经登记过。"],
  "encounter-closed": [409, "这次就诊的状态不能办这件事。"],
  "already-admitted": [409, "这个人正在另一次住院中，还没有办出院。"],
  "lines-left": [409, "还有没结算的费用明细，请先撤销明细。"],
  "not-discharged": [409, "还没有办理出院；出院前只能做中途结算。"],
  "after-discharge": [422, "费用发生在出院或去世以后。"],
  "day-out-of-order": [422, "时间不对：不能在将来，也不能早于就诊开始。"],
  "scheme-not-served": [422, "这里只结算城乡居民医保。"],
  "value-not-served": [422, "这个字段的这种填法这里不办。"],
  "care-not-served": [422, "没有这种医疗类别，或和登记时不一样。"],
  "too-many-lines": [422, "一条报文最多100条明细，一次就诊最多20000条，请分开上传。"],
  "line-repeated": [409, "这条明细的流水号已经上传过。"],
  "line-sum": [422, "这条明细的单价乘以数量不等于总额。"],
  "line-unknown": [404, "没有找到这条明细。"],
  "item-not-in-catalogue": [422, "这个项目在费用发生那天不在医保目录里，请核对编码。"],
  "return-too-much": [422, "退的数量比原来的多，或单价和原来的不一样。"],
  "no-lines": [422, "还没有上传费用明细，不能结算。"],
  "sums-differ": [422, "报来的金额和已上传的明细对不上，请重新核对明细。"],
  "settled-already": [409, "这批费用已经结算过了。"],
  "not-settled": [409, "这笔费用没有结算，或已经撤销。"],
  "reversal-order": [409, "后面还有已结算的费用，要从最后一笔往前撤销。"],
  "cleared-already": [409, "这笔费用已经清算，不能撤销。"],
  "cannot-be-undone": [422, "这种交易不能冲正。"],
  "claim-reversed": [409, "这笔结算已经撤销，不用再提争议。"],
  "dispute-exists": [409, "这笔费用已经提过同样的争议，请在“我的争议”里看进度。"],
  "dispute-decided": [409, "这个争议已经处理过了。"],
  "dispute-taken": [409, "这个争议已经由另一位经办人员接手。"],
  "dispute-not-taken": [409, "请先接手这个争议，再答复。"],
  "dispute-not-yours": [403, "这个争议由另一位经办人员处理。"],

  // Filings for care away.
  "destination-unknown": [422, "没有这个地方，请从列表里选一个城市。"],
  "filing-not-needed": [422, "在这里看病不用备案，待遇和平时一样。"],
  "filing-emergency": [422, "急诊抢救视同已经备案，不用申请；请告诉医院按急诊办理。"],
  "filing-dates": [422, "开始日期不对，请重新选择。"],
  "filing-stands": [409, "已经有一个有效的备案包括了这里，不用再备案。"],
  "filing-long-stands": [409, "已经有一个长期备案，不能再办一个；要换地方请点“变更”。"],
  "filing-locked": [409, "长期备案生效不久，现在还不能变更或结束。"],
  "filing-state": [409, "这个备案现在的状态不能办这件事，请刷新后再看。"],
  "filing-paper-needed": [422, "这一类备案要有证明材料，请拍照上传，或选择签承诺书。"],
  "filing-commitment": [422, "这一类备案不能用承诺书代替证明材料，请拍照上传。"],
  "filing-signature": [422, "请签上您自己的名字，和登记的姓名一致。"],
  "filing-own": [403, "这个备案是您代办的，要由另一位经办人员审核。"],

  // Attachments.
  "attachment-too-large": [413, "文件太大，一个文件最多10 MB，请压缩或分开上传。"],
  "attachment-type": [422, "只收照片（JPG、PNG、WebP）和PDF，按文件的内容判断。"],
  "attachment-unreadable": [422, "这个文件打不开或不能收，请换一个，或拍照上传。"],
  "attachment-infected": [422, "文件里查出了病毒，没有收下，请换一个，或拍照上传。"],
  "attachment-not-arrived": [409, "文件还没有传到，请再上传一次。"],
  "attachment-not-received": [409, "材料还没有收好，请等上传完再继续。"],
  "attachment-gone": [410, "这份材料过了时间，已经清除，请重新上传。"],
  "attachment-used": [409, "这份材料已经用在另一次申请里，请重新上传一份。"],

  // Inquiries between agencies.
  "inquiry-own-area": [422, "就医地就在本统筹区，请自己核查，不用协查。"],
  "inquiry-asked": [422, "协查要发给就医地的经办机构，请重新选择。"],
  "inquiry-side": [403, "这一步要由协查的另一方办理。"],
  "inquiry-outside": [409, "这个协查问的是系统外的机构，由发起的一方打电话核实。"],
  "inquiry-same-hand": [403, "这个协查是您发起的，要由另一位经办人员核查。"],
  "inquiry-taken": [409, "这个协查已经由另一位经办人员接手。"],
  "inquiry-not-taken": [409, "请先接手这个协查。"],
  "inquiry-not-yours": [403, "这个协查由另一位经办人员核查。"],
  "inquiry-over": [409, "这个协查已经结束了。"],
  "inquiry-answers": [422, "每个问题都要有回答。"],
  "inquiry-no-call": [422, "请先记下电话核实的经过，再写这个结果。"],
  "inquiry-call-day": [422, "通话日期不对：不能在将来，也不能早于发起协查的那天。"],
  "inquiry-calls-full": [422, "一个协查最多记60次电话。"],

  // The gateway.
  "clock-off": [401, "报文时间和现在相差太远，请校准时钟。"],
  replayed: [409, "这份签名已经用过，重发时请重新签名。"],
  "unknown-transaction": [404, "没有这个交易，或它的字段表没有公开。"],
  "wrong-area": [422, "区划不对：就医地或参保地和登记的不一样。"],
  "sender-differs": [422, "报文里的机构编号和签名的机构不是同一个。"],
  "message-reused": [409, "这个报文编号已经用过，内容却不一样。"],
  "message-undone": [409, "这条报文已经被冲正，不能再办。"],
  "provider-unknown": [404, "没有这个定点医药机构。"],
  "agreement-not-in-force": [403, "服务协议不在有效期内，或已经中止。"],
  "service-not-opened": [403, "没有开通这项服务。"],
  "sign-in-unknown": [401, "没有这个签到编号，请重新签到。"],

  // Designated providers.
  "provider-code": [422, "机构编码不对，应为H（医疗机构）或P（药店）加6位区划和5位数字。"],
  "provider-county": [422, "编码里的区划不在登记的行政区划里，请核对编码。"],
  "provider-exists": [409, "这家机构已经在登记册里。"],
  "provider-facts": [422, "登记的内容前后不一致，请核对。"],
  "provider-changed": [409, "刚才有人改过这家机构，没有保存，请看过最新的内容再办。"],
  "agreement-state": [409, "协议现在的状态不能办这件事。"],
  "agreement-period": [422, "协议的起止日期不对，请核对。"],
  "terms-backdated": [422, "等级和服务只能从今天或以后的某天起改，过去的日子已经按原来的结算。"],
  "review-level": [403, "这家机构不由您的单位评估和决定。"],
  "same-hand": [403, "这家机构前面的一步是您办的（登记、导入、评估、决定或提出），要由另一位经办人员办理。"],
  "key-public": [422, "公钥不对，应为130位十六进制的SM2公钥（以04开头）。"],
  "keys-full": [409, "同时有效的密钥最多3把，请先停用一把。"],
  "import-heading": [422, "文件的第一行不对，请用模板的表头。"],

  // The credential.
  "code-unreadable": [422, "这不是医保码，或没有读全，请重新扫码。"],
  "code-issuer-unknown": [422, "不认识这个码的签发单位，可能是别的统筹区的码，请联网核对或改用身份证。"],
  "code-signature": [422, "这个码的签名不对，不能使用，请改用身份证。"],
  "code-expired": [422, "这个码过了有效时间，截图不能用；请对方打开医保码页面重新出示，还不行就校准手机时间。"],
  "code-early": [422, "这个码的时间还没有到，请对方把手机时间校准后重新出示。"],
  "code-revoked": [422, "这个码已经挂失或停用，请改用身份证；离线核验偶有误报，可以联网再核对。"],
  "code-used": [409, "这个码已经用过一次，请对方重新出示。"],
  "statement-expired": [422, "这部手机太久没有联网更新医保码，请联网打开一次再出示。"],
  "bundle-stale": [422, "离线核验名单已经过期，请联网更新后再核验。"],
  "bundle-wrong": [422, "这份离线核验名单不能用，请联网重新下载。"],
  "paper-week": [422, "这张纸质码不在它有效的那一周，请换一张新的，或改用身份证。"],

  // Officers.
  "issuer-unreachable": [502, "暂时连不上统一登录，请稍后再试。"],
  "not-an-officer": [403, "您还没有被登记为经办人员。"],
  "appointment-ended": [403, "您的任职已经到期，不能再办理业务。需要延长的，请联系本单位管理员。"],
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

/** No rule of an area applies on a day. Silence must never settle as zero. */
export class NoRuleInForce extends Error {
  readonly parameter: string;
  readonly on: Day;
  constructor(parameter: string, on: Day) {
    super(`no rule in force: ${parameter} on ${on}`);
    this.name = "NoRuleInForce";
    this.parameter = parameter;
    this.on = on;
  }
}
