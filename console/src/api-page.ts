import swaggerUi from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";
import { applyTokens } from "./theme.ts";
import "./api-page.css";

applyTokens();
// Inside somebody else's page there is nothing to press.
if (window.parent === window)
  swaggerUi({
    url: "/api/openapi.json",
    dom_id: "#api",
    deepLinking: true,
    defaultModelsExpandDepth: -1,
    docExpansion: "list",
    displayRequestDuration: true,
    // Swagger's own validator badge would call a server of theirs.
    validatorUrl: null,
  });
