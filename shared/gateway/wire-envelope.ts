import { code, count, moment, must, type Node, text, tree } from "./field.ts";

/* 报文 · the envelope of a national message and of its answer. */

/** 请求报文. `insuredArea` has to be there wherever the input names a person. */
export const request = {
  infno: must(text("交易编号", 6, "transaction")),
  msgid: must(text("发送方报文ID", 30, "messageNo")),
  mdtrtarea_admvs: must(text("就医地医保区划", 6, "careArea")),
  insuplc_admdvs: text("参保地医保区划", 6, "insuredArea"),
  recer_sys_code: must(text("接收方系统代码", 10, "receiver")),
  dev_no: text("设备编号", 100, "deviceNo"),
  dev_safe_info: text("设备安全信息", 2000),
  cainfo: text("数字签名信息", 1024, "signature"),
  signtype: text("签名类型", 10, "signatureKind"),
  infver: must(text("接口版本号", 6, "version")),
  opter_type: must(code("经办人类别", 3, "clerkKind")),
  opter: must(text("经办人", 30, "clerk")),
  opter_name: must(text("经办人姓名", 50, "clerkName")),
  inf_time: { ...must(moment("交易时间", "sentAt")), length: "19" },
  fixmedins_code: must(text("定点医药机构编号", 30, "providerCode")),
  fixmedins_name: must(text("定点医药机构名称", 200, "providerName")),
  sign_no: text("交易签到流水号", 30, "signInNo"),
  input: must(tree("交易输入", 40000, "input")),
} satisfies Node;

export const answered = {
  infcode: { ...must(count("交易状态码", 4, "code")), signed: true },
  inf_refmsgid: must(text("接收方报文ID", 30, "referenceNo")),
  refmsg_time: text("接收报文时间", 17, "receivedAt"),
  respond_time: text("响应报文时间", 17, "answeredAt"),
  err_msg: text("错误信息", 200, "message"),
  output: tree("交易输出", 40000, "output"),
} satisfies Node;
export const answerListed = {
  warn_msg: text("警告信息", 200, "warning"),
  cainfo: text("数字签名信息", 1024, "signature"),
  signtype: text("签名类型", 10, "signatureKind"),
} satisfies Node;
/** 应答报文. */
export const answer = { ...answered, ...answerListed } satisfies Node;

/** The field by which a node of the input names a person. */
export const personField = "psn_no";
/** What is said of a message that names a person and no insured area. */
export const insuredAreaMissing = "参保地医保区划 insuplc_admdvs：交易输入中含有人员编号时必填";
