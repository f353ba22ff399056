import generatePicker from "antd/es/date-picker/generatePicker";
import {
  addDays,
  addMonths,
  type Day,
  dayInShanghai,
  dayOf,
  isDay,
  monthLength,
  monthOf,
  yearOf,
} from "../../../shared/day.ts";

/** A day as Ant Design's calendar holds it: an object; what it says is our own `Day`, in no time zone. */
interface Picked {
  readonly on: Day;
}
export const picked = (on: Day): Picked => ({ on });

const weekday = (on: Day): number => new Date(`${on}T00:00:00Z`).getUTCDay();
const dateOf = (on: Day): number => Number(on.slice(8));
const moved = (on: Day, year: number, month: number): Picked =>
  picked(dayOf(year, month, Math.min(dateOf(on), monthLength(year, month))));
const sameDay = (one: Picked): Picked => one;
const midnight = () => 0;

/** 日期选择 · Ant Design's calendar over `Day`: no time of day, no time zone, the arithmetic of shared/day.ts. */
export const DayPicker = generatePicker<Picked>({
  getNow: () => picked(dayInShanghai(Date.now())),
  getFixedDate: (fixed) => picked(fixed as Day),
  getEndDate: ({ on }) => picked(dayOf(yearOf(on), monthOf(on), monthLength(yearOf(on), monthOf(on)))),
  getWeekDay: ({ on }) => weekday(on),
  getDate: ({ on }) => dateOf(on),
  getMonth: ({ on }) => monthOf(on) - 1,
  getYear: ({ on }) => yearOf(on),
  getHour: midnight,
  getMinute: midnight,
  getSecond: midnight,
  getMillisecond: midnight,
  addYear: ({ on }, years) => picked(addMonths(on, 12 * years)),
  addMonth: ({ on }, months) => picked(addMonths(on, months)),
  addDate: ({ on }, days) => picked(addDays(on, days)),
  setYear: ({ on }, year) => moved(on, year, monthOf(on)),
  setMonth: ({ on }, month) => moved(on, yearOf(on), month + 1),
  setDate: ({ on }, date) => picked(dayOf(yearOf(on), monthOf(on), date)),
  setHour: sameDay,
  setMinute: sameDay,
  setSecond: sameDay,
  setMillisecond: sameDay,
  isAfter: (one, other) => one.on > other.on,
  isValidate: ({ on }) => isDay(on),
  locale: {
    getWeekFirstDay: () => 1,
    getWeekFirstDate: (_, { on }) => picked(addDays(on, -((weekday(on) + 6) % 7))),
    getWeek: (_, { on }) => 1 + Math.floor((Date.parse(on) - Date.parse(`${yearOf(on)}-01-01`)) / 604_800_000),
    format: (_, { on }, format) =>
      format
        .replace("YYYY", String(yearOf(on)))
        .replace("MM", on.slice(5, 7))
        .replace("M", String(monthOf(on)))
        .replace("DD", on.slice(8))
        .replace("D", String(dateOf(on))),
    parse: (_, text) => (isDay(text) ? picked(text) : null),
    getShortWeekDays: () => ["日", "一", "二", "三", "四", "五", "六"],
    getShortMonths: () => Array.from({ length: 12 }, (_, month) => `${month + 1}月`),
  },
});
