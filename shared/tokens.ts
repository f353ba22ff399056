/** 视觉变量 · colours and measures of both front ends and of the printed pages, from one place. White text on `main`, and `muted` on white, reach 4.5:1. */
export const tokens = {
  ink: "#1B2A33",
  muted: "#5A6B75",
  page: "#F4F7F8",
  card: "#FFFFFF",
  line: "#DDE5E8",
  main: "#0A6E78",
  mainSoft: "#E3F2F3",
  done: "#1F7A3D",
  doneSoft: "#E6F3EA",
  attention: "#B45309",
  attentionSoft: "#FDF1E3",
  stop: "#B42318",
  stopSoft: "#FCEBE9",
  radius: 12,
  shadow: "0 1px 3px rgba(27, 42, 51, 0.08), 0 4px 16px rgba(27, 42, 51, 0.06)",
  font: '-apple-system, "PingFang SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif',
} as const;
