/* Small conveniences of the console: local times, copy buttons, printing, the chat/draft switch. Everything works without. */
"use strict";
(() => {
  const localise = (root) => {
    for (const el of root.querySelectorAll("time[datetime]")) {
      const at = new Date(el.dateTime);
      if (!isNaN(at)) el.textContent = at.toLocaleString([], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    }
  };
  localise(document);
  document.addEventListener("botapp:put-in", (event) => localise(event.target));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print], [data-show]");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    if ("show" in button.dataset) return show(button.dataset.show);
    if (document.querySelector("[data-chat][data-me=candidate]")) return;
    const words = button.textContent;
    try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; }
    catch { window.prompt("Copy this link", button.dataset.copy); }
    setTimeout(() => { button.textContent = words; }, 2000);
  });

  function show(view) {
    const panes = document.querySelector("[data-panes]");
    panes.dataset.view = view;
    for (const b of panes.querySelectorAll("[data-show]")) b.setAttribute("aria-pressed", String(b.dataset.show === view));
    if (view === "draft") panes.querySelector("[data-fresh]").hidden = true;
  }
})();
