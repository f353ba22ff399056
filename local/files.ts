import { createReadStream, existsSync, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";
import type { Mount } from "./server.ts";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};
const notYet =
  '<meta charset="utf-8"><meta http-equiv="refresh" content="3"><p style="font:18px sans-serif;padding:24px">正在构建，请稍等，页面会自己打开……</p>';

/** Serves a built front end under one path segment; a path that is no file is the app itself. */
export function builtFiles(folder: string): Mount {
  return (_, response, url) => {
    const inside = normalize(decodeURIComponent(url.pathname).split("/").slice(2).join("/"));
    const wanted = join(folder, inside);
    const isFile = wanted.startsWith(folder + sep) && existsSync(wanted) && statSync(wanted).isFile();
    const path = isFile ? wanted : join(folder, "index.html");
    if (!existsSync(path)) {
      response.writeHead(503, { "content-type": types[".html"], "retry-after": "3" }).end(notYet);
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(path)] ?? "application/octet-stream",
      "cache-control": path.endsWith(".html") ? "no-cache" : "max-age=31536000, immutable",
    });
    createReadStream(path).pipe(response);
  };
}
