import type { ThemeConfig } from "antd";
import { tokens } from "../../shared/tokens.ts";

/** 主题 · Ant Design in our colours and measures. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: tokens.main,
    colorLink: tokens.main,
    colorInfo: tokens.main,
    colorSuccess: tokens.done,
    colorWarning: tokens.attention,
    colorError: tokens.stop,
    colorText: tokens.ink,
    colorTextSecondary: tokens.muted,
    colorTextTertiary: tokens.muted,
    colorTextPlaceholder: tokens.muted,
    colorTextDescription: tokens.muted,
    colorBgLayout: tokens.page,
    colorBorderSecondary: tokens.line,
    // The edge of a field must be seen (3:1 on white), which the hairline between rows need not.
    colorBorder: "#8C9BA3",
    fontFamily: tokens.font,
    fontSize: 14,
    fontSizeSM: 14,
    borderRadius: 8,
    borderRadiusLG: tokens.radius,
    controlHeight: 36,
  },
  components: {
    DatePicker: { cellActiveWithRangeBg: tokens.mainSoft, cellHoverWithRangeBg: tokens.mainSoft },
    Table: {
      headerBg: tokens.page,
      headerColor: tokens.muted,
      rowHoverBg: tokens.page,
      rowSelectedBg: tokens.mainSoft,
      rowSelectedHoverBg: tokens.mainSoft,
      cellPaddingInlineSM: 6,
    },
  },
};

/** Gives the stylesheets the same values: `--main`, `--main-soft`, … */
export function applyTokens(): void {
  for (const [name, value] of Object.entries(tokens)) {
    const property = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    document.documentElement.style.setProperty(property, typeof value === "number" ? `${value}px` : value);
  }
}
