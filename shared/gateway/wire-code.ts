import { code, day, must, type Node, text } from "./field.ts";

/* 医保码 · the fields of ec.query, outside the envelope. */

export const codeAsked = {
  orgId: must(text("机构编号", 12, "providerCode")),
  businessType: must(code("用码业务类型", 5, "businessType")),
  operatorId: must(text("收款员编号", 30, "clerk")),
  operatorName: must(text("收款员姓名", 50, "clerkName")),
  officeId: text("医保科室编号", 30, "departmentCode"),
  officeName: text("科室名称", 100, "departmentName"),
  ecQrCode: must(text("二维码内容", 400, "text")),
  idNo: text("证件号码", 50, "identityNumber"),
} satisfies Node;
export const codeFound = {
  userName: must(text("姓名", 50, "personName")),
  idNo: must(text("证件号码", 50, "certificateNo")),
  idType: must(code("证件类型", 3, "certificateKind")),
  insuOrg: must(text("参保地区划", 6, "insuredArea")),
  ecIndexNo: text("电子凭证索引号", 50),
  ecToken: must(text("电子凭证授权令牌", 50, "ecToken")),
  gender: code("性别", 6, "sex"),
  birthday: day("出生日期", "bornOn"),
  nationality: code("民族", 3),
  email: text("电子邮箱", 50),
  chnlId: text("渠道编号", 50),
  ecQrCode: text("二维码内容", 400, "text"),
  authNo: text("授权编号", 50, "useNo"),
} satisfies Node;
