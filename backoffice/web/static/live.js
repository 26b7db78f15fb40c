// Parts marked with data-live are asked for anew every few seconds, while somebody looks at them.
"use strict";
const EVERY_MS = 5000;

function refresh() {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-live]")) {
    // Whoever stands in it with the keyboard must not lose his place.
    if (!part.contains(document.activeElement)) htmx.trigger(part, "refresh");
  }
}

document.addEventListener("visibilitychange", refresh);
setInterval(refresh, EVERY_MS);
