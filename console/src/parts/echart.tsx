import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { tokens } from "../../../shared/tokens.ts";

use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** A line of a tooltip, as text and never as HTML: it repeats what others have typed. */
function line(text: string): HTMLElement {
  const element = document.createElement("div");
  element.textContent = text;
  return element;
}

/** 图 · one chart; `tip` says what a place on its axis means, line by line; its sentence says in words what it shows, and the page offers the same numbers as a table. */
export default function Chart({
  option,
  tip,
  sentence,
  height,
}: {
  option: EChartsCoreOption;
  tip: (index: number) => string[];
  sentence: string;
  height: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, { textStyle: { fontFamily: tokens.font } }, { renderer: "svg" });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current);
    chart.current = made;
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    const tooltip = {
      trigger: "axis",
      confine: true,
      axisPointer: { type: "shadow" },
      textStyle: { fontSize: 14, color: tokens.ink },
      formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => tip(dataIndex).map(line),
    };
    chart.current?.setOption({ animationDuration: 300, tooltip, ...option }, { notMerge: true });
  }, [option, tip]);
  return <div ref={box} role="img" aria-label={sentence} style={{ height }} />;
}
