/** 行政层级 · a unit's code says where it hangs: 12 digits a village, 9 a township, 6 a county, 6 ending in 00 a city. */
type Level = "city" | "county" | "township" | "village";

export function levelOf(code: string): Level {
  if (code.length === 12) return "village";
  if (code.length === 9) return "township";
  return code.endsWith("00") ? "city" : "county";
}

/** The unit above; null above a city. */
export function parentUnit(code: string): string | null {
  if (code.length === 12) return code.slice(0, 9);
  if (code.length === 9) return code.slice(0, 6);
  return code.endsWith("00") ? null : `${code.slice(0, 4)}00`;
}

/** The unit itself and all above it, the nearest first. */
export function unitPath(code: string): string[] {
  const above = parentUnit(code);
  return above === null ? [code] : [code, ...unitPath(above)];
}

/** Does a unit lie in another, or is it the same? An officer sees what lies in their own. */
export const within = (unit: string, of: string): boolean => unitPath(unit).includes(of);
