import "./console.css";
import "./parts/table.css";
import "./parts/search.css";
import "./paper.css";

import { App as AntApp, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { createRoot } from "react-dom/client";
import { OfflineCheck } from "./pages/desk/offline-check.tsx";
import { applyTokens, theme } from "./theme.ts";
import "./parts/page.css";

applyTokens();
const root = document.getElementById("root");
// Inside somebody else's page there is nothing to press: not every edge can tell a browser to refuse that.
if (root && window.parent === window) {
  createRoot(root).render(
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <OfflineCheck />
      </AntApp>
    </ConfigProvider>,
  );
}
