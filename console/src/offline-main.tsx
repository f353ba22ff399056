import { App as AntApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { createRoot } from "react-dom/client";
import { OfflineCheck } from "./offline-check.tsx";
import { applyTokens, theme } from "./theme.ts";
import "./console.css";
import "./care.css";
import "./codes.css";

applyTokens();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <OfflineCheck />
      </AntApp>
    </ConfigProvider>,
  );
}
