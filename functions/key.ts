import type { Day } from "../shared/day.ts";
import type { Side } from "../shared/inquiry/inquiry.ts";
import { parentUnit, unitPath } from "../shared/org.ts";

/**
 * 键 · the whole key grammar. `main` has pk, sk and one overloaded index (gsi1pk, gsi1sk); `ledger` and `audit` have pk, sk.
 * What concerns a person lies in one partition, so that a resident's page is one Query.
 */
export const key = {
  // main: people
  person: (personNo: string) => ({ pk: partition.person(personNo), sk: "PROFILE" }),
  enrolment: (personNo: string, benefitYear: number) => ({
    pk: partition.person(personNo),
    sk: `${beginning.enrolment}${benefitYear}`,
  }),
  visit: (personNo: string, benefitYear: number) => ({
    pk: partition.person(personNo),
    sk: `VISIT#${benefitYear}`,
  }),
  identityNumber: (hash: string) => ({ pk: `IDENTITY#${hash}`, sk: "PERSON" }),
  boundAccount: (personNo: string, accountNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.boundAccount}${accountNo}`,
  }),
  /** One change of telephone of a person waits at a time. */
  telephoneChange: (personNo: string) => ({ pk: partition.person(personNo), sk: "TELEPHONE-CHANGE" }),
  /** A number that was told of a change that waits, and of whom it is. */
  toldTelephone: (hash: string, personNo: string) => ({
    pk: partition.toldTelephone(hash),
    sk: `${beginning.told}${personNo}`,
  }),
  history: (personNo: string, at: string) => ({ pk: partition.person(personNo), sk: `${beginning.history}${at}` }),

  // main: care
  encounter: (encounterNo: string) => ({ pk: partition.encounter(encounterNo), sk: "ENCOUNTER" }),
  /** A fee line is one in its encounter. */
  line: (encounterNo: string, serial: string) => ({
    pk: partition.encounter(encounterNo),
    sk: `${beginning.line}${serial}`,
  }),
  /** Where a person's encounters are found from. */
  encounterOf: (personNo: string, on: string, encounterNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.encounter}${on}#${encounterNo}`,
  }),
  hospitalNo: (providerCode: string, hospitalNo: string) => ({
    pk: `HOSPITAL-NO#${providerCode}#${hospitalNo}`,
    sk: "ENCOUNTER",
  }),
  /** A person lies in one hospital at a time. */
  bed: (personNo: string) => ({ pk: partition.person(personNo), sk: "BED" }),
  claim: (personNo: string, claimNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.claim}${claimNo}`,
  }),
  personYear: (personNo: string, benefitYear: number) => ({
    pk: partition.person(personNo),
    sk: `${beginning.personYear}${benefitYear}`,
  }),
  referral: (personNo: string, referralNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.referral}${referralNo}`,
  }),
  dispute: (disputeNo: string) => ({ pk: `DISPUTE#${disputeNo}`, sk: "DISPUTE" }),
  /** Where a person's disputes are found from. */
  disputeOf: (personNo: string, disputeNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.dispute}${disputeNo}`,
  }),
  /** One dispute of a kind stands against a claim at a time. */
  disputing: (personNo: string, claimNo: string, kind: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.disputing}${claimNo}#${kind}`,
  }),
  filing: (personNo: string, filingNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.filing}${filingNo}`,
  }),
  /** All of a person's filings that wait, are in force or were: what care and overlaps ask; its version holds them together. */
  filings: (personNo: string) => ({ pk: partition.person(personNo), sk: "FILINGS" }),
  /** What a request made: the same request of the same hand again is answered with it. */
  request: (of: RequestKind, askedBy: string, requestNo: string) => ({
    pk: `${of}-REQUEST#${askedBy}#${requestNo}`,
    sk: "REQUEST",
  }),
  /** How many filings of a unit took effect for a destination. */
  filedTo: (unit: string, destination: string) => ({ pk: partition.filedTo(unit), sk: destination }),
  inquiry: (inquiryNo: string) => ({ pk: `INQUIRY#${inquiryNo}`, sk: "INQUIRY" }),
  /** Where a side's city finds an inquiry: open by the day on which it is due, else by the day on which it ended. */
  inquiryAt: (side: Side, unit: string, is: "open" | "over", on: Day, inquiryNo: string) => ({
    pk: partition.inquiries(side, unitPath(unit).at(-1)!),
    sk: `${beginning.inquiry[is]}${on}#${inquiryNo}`,
  }),
  /** A claim under its provider and the day on which it was settled, for whoever has to go through a day. */
  claimAt: (providerCode: string, on: Day, claimNo: string) => ({
    pk: partition.claimsAt(providerCode, on),
    sk: claimNo,
  }),

  // main: the gateway
  gatewayMessage: (messageNo: string) => ({ pk: `GATEWAY-MESSAGE#${messageNo}`, sk: "MESSAGE" }),
  nonce: (providerCode: string, nonce: string) => ({ pk: `NONCE#${providerCode}#${nonce}`, sk: "NONCE" }),
  providerSignIn: (signInNo: string) => ({ pk: `PROVIDER-SIGN-IN#${signInNo}`, sk: "SIGN-IN" }),

  // main: 医保码
  credential: (personNo: string) => ({ pk: partition.person(personNo), sk: "CREDENTIAL" }),
  credentialEvent: (personNo: string, version: number) => ({
    pk: partition.person(personNo),
    sk: `${beginning.credentialEvent}${String(version).padStart(6, "0")}`,
  }),
  /** Whose credential a pseudonym is, or was. */
  pseudonym: (pseudonym: string) => ({ pk: `PSEUDONYM#${pseudonym}`, sk: "PERSON" }),
  /** One showing of a phone's code; who is first makes it. */
  showing: (pseudonym: string, deviceNo: string, counter: number) => ({
    pk: `SHOWING#${pseudonym}#${deviceNo}#${counter}`,
    sk: "SHOWING",
  }),
  /** A use without a network that was handed in. */
  handedIn: (hash: string) => ({ pk: `HANDED-IN#${hash}`, sk: "USE" }),
  use: (personNo: string, useNo: string) => ({ pk: partition.person(personNo), sk: `${beginning.use}${useNo}` }),
  /** A use under its provider and business day. */
  useAt: (providerCode: string, on: Day, useNo: string) => ({ pk: partition.usesAt(providerCode, on), sk: useNo }),
  guardianShowing: (personNo: string, at: number, deviceNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.guardianShowing}${String(at).padStart(13, "0")}#${deviceNo}`,
  }),
  /** That a person's certificate was shown to a provider. */
  shownTo: (personNo: string, providerCode: string) => ({
    pk: partition.person(personNo),
    sk: `SHOWN-TO#${providerCode}`,
  }),
  ecToken: (hash: string) => ({ pk: `EC-TOKEN#${hash}`, sk: "TOKEN" }),
  credentialCase: (caseNo: string) => ({ pk: `CREDENTIAL-CASE#${caseNo}`, sk: "CASE" }),
  credentialCaseOf: (personNo: string, caseNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.credentialCase}${caseNo}`,
  }),
  issuerKey: (area: string, algorithm: string, no: number) => ({
    pk: partition.issuerKeys(area, algorithm),
    sk: String(no).padStart(4, "0"),
  }),
  bundleRoot: () => ({ pk: "BUNDLE-ROOT", sk: "KEY" }),
  revocation: (area: string, id: string) => ({ pk: partition.revocations(area, shardOf(id)), sk: id }),
  bundle: (area: string) => ({ pk: `BUNDLE#${area}`, sk: "BUNDLE" }),
  socialCard: (hash: string) => ({ pk: `SOCIAL-CARD#${hash}`, sk: "PERSON" }),
  socialCardOf: (personNo: string) => ({ pk: partition.person(personNo), sk: "SOCIAL-CARD" }),

  // main: providers
  provider: (code: string) => ({ pk: partition.provider(code), sk: "PROVIDER" }),
  providerKey: (code: string, keyNo: string) => ({
    pk: partition.provider(code),
    sk: `${beginning.providerKey}${keyNo}`,
  }),
  /** What happened to a provider lies apart, so that the partition that each message reads stays small. */
  providerEvent: (code: string, version: number) => ({
    pk: partition.providerHistory(code),
    sk: String(version).padStart(6, "0"),
  }),

  // main: the catalogue
  item: (poolingArea: string, code: string) => ({ pk: `CATALOGUE#${poolingArea}#${code}`, sk: "ITEM" }),
  catalogueHead: (poolingArea: string) => ({ pk: `CATALOGUE-NAMES#${poolingArea}`, sk: "HEAD" }),
  /** Names that are searched, many to an item. */
  catalogueNames: (poolingArea: string, kind: string, no: number) => ({
    pk: `CATALOGUE-NAMES#${poolingArea}`,
    sk: `${kind}#${String(no).padStart(3, "0")}`,
  }),
  catalogueImport: (poolingArea: string, importNo: string) => ({
    pk: partition.catalogueImports(poolingArea),
    sk: importNo,
  }),

  // main: attachments
  attachment: (attachmentNo: string) => ({ pk: `ATTACHMENT#${attachmentNo}`, sk: "ATTACHMENT" }),

  // main: messages
  message: (personNo: string, messageNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.message}${messageNo}`,
  }),
  notice: (personNo: string, benefitYear: number) => ({ pk: partition.person(personNo), sk: `NOTICE#${benefitYear}` }),
  /** The switches of an account while it is a person's. */
  messageSettings: (accountNo: string, personNo: string) => ({
    pk: `ACCOUNT#${accountNo}`,
    sk: `MESSAGE-SETTINGS#${personNo}`,
  }),
  reminder: (poolingArea: string, benefitYear: number, stage: number) => ({
    pk: `REMINDER#${poolingArea}`,
    sk: `${benefitYear}#${stage}`,
  }),

  // main: families
  tie: (tieNo: string) => ({ pk: `TIE#${tieNo}`, sk: "TIE" }),
  member: (guardianNo: string, dependantNo: string) => ({
    pk: partition.person(guardianNo),
    sk: `${beginning.member}${dependantNo}`,
  }),
  guardian: (dependantNo: string, guardianNo: string) => ({
    pk: partition.person(dependantNo),
    sk: `${beginning.guardian}${guardianNo}`,
  }),
  family: (personNo: string) => ({ pk: partition.person(personNo), sk: "FAMILY" }),
  birthCertificate: (hash: string) => ({ pk: `CERTIFICATE#${hash}`, sk: "PERSON" }),

  // main: accounts and sessions
  account: (accountNo: string) => ({ pk: `ACCOUNT#${accountNo}`, sk: "ACCOUNT" }),
  weChat: (hash: string) => ({ pk: `WECHAT#${hash}`, sk: "ACCOUNT" }),
  telephone: (hash: string) => ({ pk: `TELEPHONE#${hash}`, sk: "ACCOUNT" }),
  code: (purpose: string, hash: string) => ({ pk: `CODE#${purpose}#${hash}`, sk: "CODE" }),
  session: (sessionNo: string) => ({ pk: `SESSION#${sessionNo}`, sk: "SESSION" }),
  faceTicket: (hash: string) => ({ pk: `FACE#${hash}`, sk: "TICKET" }),
  limit: (action: string, principal: string) => ({ pk: `LIMIT#${action}#${principal}`, sk: "LIMIT" }),

  // main: orders and payments
  order: (orderNo: string) => ({ pk: `ORDER#${orderNo}`, sk: "ORDER" }),
  payment: (transactionNo: string) => ({ pk: `PAYMENT#${transactionNo}`, sk: "PAYMENT" }),
  suspense: (suspenseNo: string) => ({ pk: `SUSPENSE#${suspenseNo}`, sk: "SUSPENSE" }),
  refund: (refundNo: string) => ({ pk: `REFUND#${refundNo}`, sk: "REFUND" }),
  /** Where the refunds of a payer's orders are found from. */
  refundOf: (payerNo: string, refundNo: string) => ({
    pk: partition.person(payerNo),
    sk: `${beginning.refund}${refundNo}`,
  }),
  /** An enrolment that was undone, with the person whose it was. */
  refunded: (personNo: string, benefitYear: number, refundNo: string) => ({
    pk: partition.person(personNo),
    sk: `${beginning.refunded}${benefitYear}#${refundNo}`,
  }),
  reconciliation: (day: Day) => ({ pk: `RECONCILIATION#${day}`, sk: "RECONCILIATION" }),
  difference: (day: Day, id: string) => ({ pk: `DIFFERENCES#${day}`, sk: id }),
  /** Where the line behind a receipt's number is found. */
  receipt: (number: string) => ({ pk: `RECEIPT#${number}`, sk: "RECEIPT" }),
  /** The switch of an area, or of the channel, which all share. */
  paymentSwitch: (area: string | null) => ({
    pk: partition.paymentSwitches,
    sk: area === null ? "SETTING" : `SETTING#${area}`,
  }),
  todo: (kind: string, id: string) => ({ pk: `DUE#${kind}#${id}`, sk: "DUE" }),

  // main: the agency
  proposal: (proposalNo: string) => ({ pk: `PROPOSAL#${proposalNo}`, sk: "PROPOSAL" }),
  /** What was proposed, as it was said: a file is long, and lists do without it. */
  proposalSaid: (proposalNo: string) => ({ pk: `PROPOSAL#${proposalNo}`, sk: "SAID" }),
  officer: (subject: string) => ({ pk: `OFFICER#${subject}`, sk: "OFFICER" }),
  unit: (code: string) => ({ pk: partition.units(parentUnit(code) ?? "CN"), sk: `UNIT#${code}` }),

  // main: what the outbox folds
  outbox: (id: string) => ({ pk: partition.outbox(shardOf(id)), sk: id }),
  folded: (id: string) => ({ pk: `FOLDED#${id}`, sk: "FOLDED" }),
  progress: (benefitYear: number, unit: string) => ({
    pk: partition.progress(benefitYear, parentUnit(unit) ?? "CN"),
    sk: unit,
  }),
  progressDay: (benefitYear: number, unit: string, on: Day) => ({
    pk: partition.progressDays(benefitYear, unit),
    sk: on,
  }),
  balance: (poolingArea: string, account: string, on: Day) => ({ pk: partition.balance(poolingArea, account), sk: on }),
  dataKey: (version: number) => ({ pk: "DATA-KEY", sk: `V${version}` }),

  // ledger, audit
  entry: (poolingArea: string, on: Day, entryNo: string) => ({
    pk: partition.entries(poolingArea, on, shardOf(entryNo)),
    sk: entryNo,
  }),
  access: (subject: string, at: string) => ({ pk: subject, sk: `ACCESS#${at}` }),
  /** Looks of a day in a city, those of a unit and of all below it together. */
  accessOfDay: (on: Day, unit: string, at: string) => ({
    pk: partition.accesses(on, unit),
    sk: `ACCESS#${unit}#${at}`,
  }),
  signIn: (on: Day, who: string, at: string) => ({ pk: partition.signIns(on, shardOf(who)), sk: `${at}#${who}` }),
};

/** 请求 · the kinds of things that somebody asks to be made, once for a request. */
export type RequestKind = "ORDER" | "TIE" | "FILING" | "DISPUTE" | "ATTACHMENT" | "INQUIRY";

/** 待办 · the kinds of things that wait for an officer. */
export type OpenKind = "REFUNDS" | "DISPUTES" | "FILINGS" | "CREDENTIAL-CASES" | "TIES" | "PROPOSALS";

/** Partitions that are read whole. */
export const partition = {
  encounter: (encounterNo: string) => `ENCOUNTER#${encounterNo}`,
  usesAt: (providerCode: string, on: Day) => `USES#${providerCode}#${on}`,
  issuerKeys: (area: string, algorithm: string) => `ISSUER-KEYS#${area}#${algorithm}`,
  revocations: (area: string, shard: number) => `REVOKED#${area}#${shard}`,
  claimsAt: (providerCode: string, on: Day) => `CLAIMS#${providerCode}#${on}`,
  person: (personNo: string) => `PERSON#${personNo}`,
  provider: (code: string) => `PROVIDER#${code}`,
  providerHistory: (code: string) => `PROVIDER-HISTORY#${code}`,
  providers: (city: string) => `PROVIDERS#${city}`,
  units: (above: string) => `UNIT#${above}`,
  outbox: (shard: number) => `OUTBOX#${shard}`,
  progress: (benefitYear: number, above: string) => `PROGRESS#${benefitYear}#${above}`,
  progressDays: (benefitYear: number, unit: string) => `PROGRESS#${benefitYear}#${unit}#DAYS`,
  balance: (poolingArea: string, account: string) => `BALANCE#${poolingArea}#${account}`,
  catalogueImports: (poolingArea: string) => `CATALOGUE-IMPORTS#${poolingArea}`,
  entries: (poolingArea: string, on: Day, shard: number) => `ENTRY#${poolingArea}#${on}#${shard}`,
  village: (unit: string) => `VILLAGE#${unit}`,
  orders: (payerNo: string) => `ORDERS#${payerNo}`,
  paymentSwitches: "SETTING#payments",
  payments: (day: Day, shard: number) => `PAYMENTS#${day}#${shard}`,
  toldTelephone: (hash: string) => `TOLD-TELEPHONE#${hash}`,
  telephoneChanges: (shard: number) => `TELEPHONE-CHANGES#${shard}`,
  todos: (shard: number) => `DUE#${shard}`,
  suspense: (poolingArea: string) => `SUSPENSE#${poolingArea}`,
  /** What waits for an officer of a city. */
  open: (what: OpenKind, city: string) => `OPEN-${what}#${city}`,
  endingFilings: (shard: number) => `ENDING-FILINGS#${shard}`,
  filedTo: (unit: string) => `FILED-TO#${unit}`,
  inquiries: (side: Side, city: string) => `INQUIRIES#${side}#${city}`,
  sending: (shard: number) => `SENDING#${shard}`,
  attachments: (shard: number) => `ATTACHMENTS#${shard}`,
  accesses: (on: Day, unit: string) => `ACCESSES#${on}#${unitPath(unit).at(-1)}`,
  signIns: (on: Day, shard: number) => `SIGN-INS#${on}#${shard}`,
  notices: (shard: number) => `NOTICES#${shard}`,
};

/** How sort keys of one kind begin, where a partition that holds others is read for that kind alone. */
export const beginning = {
  /** Of a unit and all below it: codes of a city's counties begin as its own does, but for its last two zeros. */
  accesses: (unit: string) => `ACCESS#${unit.replace(/^(\d{4})00$/, "$1")}`,
  enrolment: "ENROLMENT#",
  boundAccount: "ACCOUNT#",
  history: "HISTORY#",
  told: "PERSON#",
  member: "MEMBER#",
  guardian: "GUARDIAN#",
  refund: "REFUND#",
  refunded: "REFUNDED#",
  message: "MESSAGE#",
  providerKey: "KEY#",
  encounter: "ENCOUNTER#",
  credentialEvent: "CREDENTIAL-EVENT#",
  credentialCase: "CREDENTIAL-CASE#",
  use: "USE#",
  guardianShowing: "SHOWN#",
  claim: "CLAIM#",
  referral: "REFERRAL#",
  dispute: "DISPUTE#",
  filing: "FILING#",
  disputing: "DISPUTING#",
  inquiry: { open: "OPEN#", over: "OVER#" },
  personYear: "YEAR#",
  line: "LINE#",
} as const;

/** Writes of one day and items of the outbox are spread over so many partitions. */
export const shards = 16;

/** The shard of an id: the same id is always in the same one. */
export function shardOf(id: string): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) % shards;
}

/** Has an item outlived its `expiresAt` (seconds)? DynamoDB deletes late, so every reader asks. */
export const expired = (item: { expiresAt?: unknown }, milliseconds: number): boolean =>
  typeof item.expiresAt === "number" && item.expiresAt * 1000 <= milliseconds;
