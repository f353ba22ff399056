import "./console.css";
import "./parts/table.css";
import "./parts/search.css";
import "./paper.css";

import { createRoot } from "react-dom/client";
import { isSilentFrame, session } from "./session.ts";

if (isSilentFrame()) {
  session.signinCallback().catch(() => {});
} else {
  const { App } = await import("./app.tsx");
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App />);
}
