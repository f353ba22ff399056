import { type Day, day } from "../../shared/day.ts";
import type { Identity } from "../../shared/policy/identity.ts";
import type { Place } from "./places.ts";

/** A family member before numbers are given; `phone` is true for a telephone of one's own, or the number itself. */
export interface Member {
  readonly name: string;
  readonly sex: "male" | "female";
  readonly age: number;
  readonly bornOn: Day;
  readonly phone: boolean | string;
  readonly student: boolean;
  readonly identities: readonly Identity[];
  readonly coverBefore: readonly { benefitYear: number; coverFrom: Day; coverUntil: Day }[];
  readonly employeeCovered: boolean;
  readonly employeeCoverEndedOn: Day | null;
  readonly diedOn: Day | null;
}

/** Somebody to sign in as. */
interface Persona {
  readonly who: string;
  readonly try: string;
  readonly place: Place;
  readonly members: readonly Member[];
}

const yantai = (village: string): Place => ({ area: "370600", village, windowFrom: day("2025-10-15") });
const nanchang = (village: string): Place => ({ area: "360100", village, windowFrom: day("2025-09-15") });
const year = (benefitYear: number) => ({
  benefitYear,
  coverFrom: day(`${benefitYear}-01-01`),
  coverUntil: day(`${benefitYear}-12-31`),
});
const plain = {
  student: false,
  identities: [],
  employeeCovered: false,
  employeeCoverEndedOn: null,
  diedOn: null,
} as const;
const covered = [year(2022), year(2023), year(2024), year(2025)];

/** The households of the demonstration's residents; the first member of each is the one to sign in as. */
export const personas: readonly Persona[] = [
  {
    who: "奶奶 王秀英，72岁",
    try: "为自己缴2026年的费，¥400.00",
    place: yantai("370611001201"),
    members: [
      {
        ...plain,
        name: "王秀英",
        sex: "female",
        age: 72,
        bornOn: day("1953-03-08"),
        phone: "19900000001",
        coverBefore: covered,
      },
      {
        ...plain,
        name: "李德福",
        sex: "male",
        age: 75,
        bornOn: day("1950-06-21"),
        phone: false,
        coverBefore: covered,
      },
    ],
  },
  {
    who: "外出务工 赵建军，38岁",
    try: "在外地给自己和老家的父亲缴费；父亲的姓名和身份证号见下",
    place: yantai("370611001202"),
    members: [
      {
        ...plain,
        name: "赵建军",
        sex: "male",
        age: 38,
        bornOn: day("1987-09-15"),
        phone: "19900000002",
        coverBefore: covered,
      },
      {
        ...plain,
        name: "赵守义",
        sex: "male",
        age: 66,
        bornOn: day("1959-02-03"),
        phone: false,
        coverBefore: covered,
      },
    ],
  },
  {
    who: "母亲 孙晓燕，29岁，孩子出生18天",
    try: "给新生儿缴2025年的费，从出生那天起就能报销；把奶奶和孩子加进亲情账户，一家人一起缴",
    place: yantai("370611001203"),
    members: [
      {
        ...plain,
        name: "孙晓燕",
        sex: "female",
        age: 29,
        bornOn: day("1996-04-27"),
        phone: "19900000003",
        coverBefore: covered,
      },
      {
        ...plain,
        name: "于子轩",
        sex: "male",
        age: 0,
        bornOn: day("2025-11-02"),
        phone: false,
        coverBefore: [],
      },
    ],
  },
  {
    who: "断保的 马强，45岁，2023年以后没缴",
    try: "缴费前先看到要等4个月，补缴1年可以少等1个月",
    place: yantai("370611001204"),
    members: [
      {
        ...plain,
        name: "马强",
        sex: "male",
        age: 45,
        bornOn: day("1980-01-30"),
        phone: "19900000004",
        coverBefore: [year(2021), year(2022), year(2023)],
      },
    ],
  },
  {
    who: "低保户 田桂兰，67岁",
    try: "全额资助：不用付钱，确认就参保",
    place: yantai("370611001205"),
    members: [
      {
        ...plain,
        name: "田桂兰",
        sex: "female",
        age: 67,
        bornOn: day("1958-10-11"),
        phone: "19900000005",
        identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }],
        coverBefore: covered,
      },
    ],
  },
  {
    who: "少见的姓名 阿依古丽·买买提，33岁",
    try: "名字里的点怎么输都行",
    place: yantai("370611001201"),
    members: [
      {
        ...plain,
        name: "阿依古丽·买买提",
        sex: "female",
        age: 33,
        bornOn: day("1992-05-05"),
        phone: "19900000006",
        coverBefore: covered,
      },
      {
        ...plain,
        name: "䶮晓东",
        sex: "male",
        age: 36,
        bornOn: day("1989-08-17"),
        phone: false,
        coverBefore: covered,
      },
    ],
  },
  {
    who: "在职的 周宏伟，41岁，参加职工医保",
    try: "系统会说明不能同时参加居民医保",
    place: yantai("370611001201"),
    members: [
      {
        ...plain,
        name: "周宏伟",
        sex: "male",
        age: 41,
        bornOn: day("1984-07-19"),
        phone: "19900000007",
        coverBefore: [],
        employeeCovered: true,
      },
    ],
  },
  {
    who: "在烟台打工的南昌人 熊志明，34岁",
    try: "异地就医备案：提交前先看备案和不备案各自付多少，签承诺书马上生效",
    place: nanchang("360102001201"),
    members: [
      {
        ...plain,
        name: "熊志明",
        sex: "male",
        age: 34,
        bornOn: day("1991-05-23"),
        phone: "19900000008",
        coverBefore: covered,
      },
    ],
  },
];

/** The officers of each level, as the local issuer knows them. */
export const officers = [
  {
    subject: "city",
    name: "烟台市 刘处长",
    unit: "370600",
    roles: ["progress", "targets", "finance", "providers", "catalogue"],
  },
  {
    subject: "county",
    name: "福山区 陈主任",
    unit: "370611",
    roles: ["progress", "targets", "visits", "refunds", "providers", "claims", "credentials", "filings"],
  },
  { subject: "county-second", name: "福山区 孙科员", unit: "370611", roles: ["providers", "claims", "filings"] },
  { subject: "city-second", name: "烟台市 马科长", unit: "370600", roles: ["providers", "filings"] },
  { subject: "audit", name: "烟台市 于审计员", unit: "370600", roles: ["audit"] },
  {
    subject: "township",
    name: "东河镇 高站长",
    unit: "370611001",
    roles: ["progress", "visits", "counter", "refunds", "filings"],
  },
  { subject: "village", name: "村医保员 宋大姐", unit: "370611001201", roles: ["progress", "visits"] },
  { subject: "nanchang", name: "南昌市 涂科长", unit: "360100", roles: ["filings"] },
  { subject: "nanchang-counter", name: "东湖区 邹大姐", unit: "360102", roles: ["visits", "counter"] },
  { subject: "elsewhere", name: "莱阳市 何主任", unit: "370682", roles: ["progress", "visits"] },
] as const;
