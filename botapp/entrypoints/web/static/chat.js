/* The conversation page, for candidates and members. What a person typed is never lost: it stays in this browser until the
   server has it. Lines are ordered by the server's number only, and shown once. Text is only ever shown as text. */
"use strict";
(() => {
  const root = document.querySelector("[data-chat]");
  if (!root) return;
  const { base, key, me, name, agent, csrf } = root.dataset;
  const most = Number(root.dataset.most);
  const find = (name, within = root) => within.querySelector(`[data-${name}]`);
  const log = find("log"), statusLine = find("status"), newer = find("newer"), note = find("note");
  const composer = find("composer"), box = find("say-box"), picker = find("file"), draftPane = find("draft", document);
  const TYPING_MS = 600, POLL_MS = 3000, WAITING_MS = 8000, RETRY_MS = [1000, 2000, 4000, 8000, 15000];
  const shown = new Map();  // id of a line -> its element
  const waiting = new Map();  // client id -> {client_id, text, button?, file?, el, problem?}: not confirmed by the server yet
  let last = 0, lastOurs = 0, source = null, pollTimer = 0, reconnectTimer = 0, reconnects = 0;
  let sending = false, failures = 0, retryTimer = 0, typingTimer = 0, unended = false, waitTimer = 0, first = true;

  const make = (tag, className, text) => {
    const el = document.createElement(tag);
    if (className) el.className = className;
    if (text !== undefined) el.textContent = text;
    return el;
  };
  const button = (words, className, act) => {
    const el = make("button", className, words);
    el.type = "button";
    el.addEventListener("click", act);
    return el;
  };
  const newId = () => crypto.randomUUID ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  /* What waits to be sent is kept in this browser, one entry a message: two tabs never overwrite each other's. */
  const store = {
    name: (id) => `botapp:${key}:${id}`,
    keep(item) {
      const { client_id, text, button, at } = item;
      try { localStorage.setItem(store.name(client_id), JSON.stringify({ client_id, text, button, at })); } catch { /* private mode: kept on the page only */ }
    },
    forget(id) { try { localStorage.removeItem(store.name(id)); } catch { /* nothing was kept */ } },
    all() {
      const found = [];
      try {
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith(`botapp:${key}:`)) found.push(JSON.parse(localStorage.getItem(name)));
        }
      } catch { /* unreadable: nothing to resend */ }
      return found.sort((a, b) => a.at - b.at);
    },
  };

  /* ---- showing ---- */
  const page = document.scrollingElement;  // it scrolls instead of the log where the window is very low
  const near = (el) => el.scrollHeight - el.scrollTop - el.clientHeight < 80;
  const atEnd = () => near(log) && near(page);
  const toEnd = () => { for (const el of [log, page]) el.scrollTo({ top: el.scrollHeight, behavior: "instant" }); newer.hidden = true; };
  const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  function linked(parent, text) {
    for (const part of text.split(/(https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]])/)) {
      if (/^https?:\/\//.test(part)) {
        const a = make("a", "", part);
        a.href = part; a.rel = "noopener noreferrer"; a.target = "_blank";
        parent.append(a);
      } else if (part) parent.append(part);
    }
  }

  function element(line) {
    const el = make("div", `msg ${line.ours ? "ours" : "theirs"}`);
    const mine = !line.ours && line.sender_kind === me && me === "candidate";
    const who = make("p", "who");
    who.append(make("bdi", "", mine ? "You" : line.ours && line.sender_kind !== "member" ? agent : line.sender), ", ", clock(line.at));
    const bubble = make("div", "bubble");
    bubble.dir = "auto";
    if (line.message && line.message.file) bubble.classList.add("file");
    if (line.ours) linked(bubble, line.text); else bubble.textContent = line.text;
    if (line.text.length > 2000) { bubble.classList.add("long"); bubble.tabIndex = 0; }
    el.append(who, bubble);
    const card = line.message && line.message.card;
    if (card) el.append(cardElement(card, line));
    el.dataset.sender = mine ? "You" : line.sender;
    el.dataset.at = line.at;
    return el;
  }

  function cardElement(card, line) {
    const el = make("div", "card-in");
    if (card.kind === "diff" && Array.isArray(card.data.lines)) diff(el, card.data.lines, card.data.more || 0);
    else if (card.kind === "draft" && draftPane) draftCard(el, card);
    else if (card.kind === "list" && Array.isArray(card.data.items)) list(el, card.data.items);
    else el.append(opened("Show all of it", plainText(card.plain)));
    if (card.kind === "diff" && composer && !offers(line, "undo")) el.append(button("Undo", "undo", () => send("Undo", { label: "Undo", value: "undo" })));
    return el;
  }
  const offers = (line, value) => (line.message.quick_replies || []).some((r) => r.value === value);
  const plainText = (text) => { const p = make("p", "prewrap", text); p.dir = "auto"; return p; };
  const opened = (words, content) => { const d = make("details"); d.append(make("summary", "", words), content); return d; };

  function diff(el, lines, more) {
    const row = (change) => {
      const li = make("li");
      li.dir = "auto";
      li.append(`${change.where}: `);
      if (change.old) li.append(make("span", "unseen", "was "), make("del", "", change.old));
      if (change.old && change.new) li.append(" ");
      if (change.new) li.append(make("span", "unseen", change.old ? ", now " : "added "), make("ins", "", change.new));
      if (!change.new) li.append(" (removed)");
      return li;
    };
    const rows = (some) => { const ul = make("ul"); ul.append(...some.map(row)); return ul; };
    el.append(rows(lines.slice(0, 3)));
    const rest = lines.slice(3);
    if (rest.length) el.append(opened(`and ${rest.length} more`, rows(rest)));
    else if (more) el.append(make("p", "hint", `and ${more} more`));
  }

  function draftCard(el, card) {
    const stages = card.data.stages || [];
    const count = stages.reduce((sum, stage) => sum + (stage.questions || []).length, 0);
    const title = make("p");
    title.dir = "auto";
    title.append(make("b", "", card.data.title || "Draft"), `, ${count} question${count === 1 ? "" : "s"} in ${stages.length} stage${stages.length === 1 ? "" : "s"}`);
    el.append(title, button("Show the draft", "", () => {
      const tab = document.querySelector("[data-show=draft]");
      if (tab) tab.click();
      draftPane.focus();
    }));
  }

  function list(el, items) {
    const ul = make("ul");
    for (const item of items) ul.append(make("li", "", typeof item === "string" ? item : item.text || item.label || item.title || JSON.stringify(item)));
    el.append(ul);
  }

  function place(el, seq) {
    el.dataset.seq = seq;
    let after = log.lastElementChild;
    while (after && (after === el || Number(after.dataset.seq || Infinity) > seq)) after = after.previousElementSibling;
    const next = after ? after.nextElementSibling : log.firstElementChild;
    if (next !== el && el.nextElementSibling !== next || !el.parentNode) log.insertBefore(el, next);
  }

  function tidy() {
    let before = null;
    for (const el of log.children) {
      const same = before && before.dataset.sender === el.dataset.sender && new Date(el.dataset.at) - new Date(before.dataset.at) < 300000;
      el.querySelector(".who").classList.toggle("unseen", Boolean(same));
      before = el;
    }
    const ours = [...log.querySelectorAll(".ours")].pop();
    for (const undo of log.querySelectorAll(".undo")) undo.hidden = !ours.contains(undo);
    offerReplies();
  }

  function offerReplies() {
    const newest = log.lastElementChild;
    for (const old of log.querySelectorAll(".replies")) if (old.parentNode !== newest) old.remove();
    if (!newest || !newest.replies || newest.querySelector(".replies") || !composer) return;
    const group = make("div", "replies");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Quick replies");
    for (const reply of newest.replies) {
      group.append(button(reply.label, "", (event) => {
        send(reply.label, { label: reply.label, value: reply.value });
        if (event.detail === 0 || matchMedia("(hover: hover)").matches) box.focus();
      }));
    }
    newest.append(group);
  }

  function receive(lines) {
    const stay = !first && !atEnd();
    let news = false;
    for (const line of lines) {
      last = Math.max(last, line.seq);
      if (line.ours) lastOurs = Math.max(lastOurs, line.seq);
      const pending = waiting.get(line.client_id);
      if (pending) confirmed(pending, line.seq, line.id);
      if (shown.has(line.id)) continue;
      const el = element(line);
      const replies = line.ours && line.message && line.message.quick_replies;
      if (replies && replies.length) el.replies = replies;
      shown.set(line.id, el);
      place(el, line.seq);
      news = news || line.ours;
    }
    if (!lines.length) return;
    tidy();
    if (news) { say(""); refreshDraft(); }
    if (stay && news) newer.hidden = false; else if (!stay) toEnd();
  }

  /* ---- the status line ---- */
  function say(words) {
    clearTimeout(waitTimer);
    statusLine.textContent = words;
    if (words) waitTimer = setTimeout(() => { statusLine.textContent = `${words}. This takes longer than usual. What you sent is kept, and the reply will appear here.`; }, WAITING_MS);
  }
  const reading = () => say(`${agent === "botapp" ? "Reading" : `${agent} is reading`}`);
  const tell = (words) => { clearTimeout(waitTimer); statusLine.textContent = words; };

  /* ---- sending ---- */
  function send(text, pressed) {
    const item = { client_id: newId(), text, button: pressed, at: Date.now() };
    store.keep(item);
    show(item);
    tidy();
    toEnd();
    unended = unended || !pressed;
    work();
    typingMayHaveEnded();
  }

  /* A file goes at once, with what is in the box beside it. It can't be kept in this browser, only on the page. */
  function sendFile(file) {
    if (!file) return;
    if (file.size > Number(picker.dataset.most)) return tell("That file is larger than 11 MB. Send a smaller one, or paste the text.");
    if (!file.size) return tell("That file is empty. Choose another one, or paste the text.");
    const beside = box.value.trim();
    const item = { client_id: newId(), text: `${file.name}\n${beside}`.trim(), beside, file, at: Date.now() };
    box.value = "";
    grow();
    try { sessionStorage.removeItem(`botapp:box:${key}`); } catch { /* not kept */ }
    show(item);
    tidy();
    toEnd();
    work();
  }

  function show(item) {
    item.el = element({ ours: false, sender: name, sender_kind: me, text: item.text, at: item.at, message: { file: item.file && item.file.name } });
    item.state = make("p", "state");
    item.el.append(item.state);
    waiting.set(item.client_id, item);
    log.append(item.el);
    mark(item, "Sending");
  }

  function mark(item, words, acts = []) {
    item.el.classList.toggle("unsent", words !== "Sending" && words !== "Sent");
    item.state.className = words === "Sent" ? "state done" : words === "Sending" ? "state" : "state failed";
    item.state.replaceChildren(make("span", "", words), ...acts);
  }

  function confirmed(item, seq, id) {
    waiting.delete(item.client_id);
    store.forget(item.client_id);
    if (shown.has(id)) item.el.remove();
    else { shown.set(id, item.el); place(item.el, seq); mark(item, "Sent"); }
  }

  async function work() {
    if (sending) return;
    sending = true;
    clearTimeout(retryTimer);
    retryTimer = 0;
    for (const item of [...waiting.values()]) {
      if (item.problem || !waiting.has(item.client_id)) continue;
      mark(item, "Sending");
      const outcome = await post(item);
      if (outcome === "later") { lost(item); break; }
    }
    sending = false;
    if ([...waiting.values()].some((item) => !item.problem) && !retryTimer) work();
    else typingMayHaveEnded();
  }

  async function post(item) {
    let answer, body;
    try {
      answer = await (item.file ? upload(item) : fetch(`${base}/messages`, { method: "POST", headers: headers(), body: JSON.stringify({ client_id: item.client_id, text: item.text, button: item.button }) }));
      body = await answer.json();
    } catch { return "later"; }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return "later";
    failures = 0;
    if (answer.ok) {
      if (waiting.has(item.client_id)) { confirmed(item, body.seq, body.id); tidy(); }
      if (lastOurs < body.seq) reading();
    } else refused(item, body.error || "That could not be sent.");
    return "done";
  }
  function upload(item) {
    const form = new FormData();
    form.append("client_id", item.client_id);
    form.append("text", item.beside);
    form.append("file", item.file);
    return fetch(`${base}/files`, { method: "POST", headers: { Accept: "application/json", "X-CSRF": csrf }, body: form });
  }
  const headers = () => (csrf ? { "Content-Type": "application/json", "X-CSRF": csrf } : { "Content-Type": "application/json" });

  function refused(item, words) {
    item.problem = words;
    store.forget(item.client_id);
    tell(`Not sent. ${words}`);
    mark(item, `Not sent. ${words}`, [button("Edit", "quiet", () => {
      waiting.delete(item.client_id);
      item.el.remove();
      box.value = item.file ? item.beside : item.text;
      grow();
      box.focus();
    })]);
  }

  function lost(item) {
    for (const other of waiting.values()) if (!other.problem) mark(other, "Not sent", [button("Try again", "quiet", tryNow)]);
    tell("No connection. What you wrote is kept here and sent as soon as there is one.");
    const pause = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
    retryTimer = setTimeout(() => { retryTimer = 0; work(); }, pause);
  }
  function tryNow() {
    clearTimeout(retryTimer);
    retryTimer = 0;
    work();
    if (box) box.focus();
  }

  /* Several quick messages are one turn: the server hears that typing ended once the box has stayed empty a while. */
  function typingMayHaveEnded() {
    clearTimeout(typingTimer);
    if (!unended || !box || box.value || waiting.size) return;
    typingTimer = setTimeout(() => {
      if (box.value || waiting.size || !unended) return;
      unended = false;
      fetch(`${base}/typing-ended`, { method: "POST", headers: headers(), body: "{}" }).catch(() => { /* the server waits a moment longer by itself */ });
    }, TYPING_MS);
  }

  /* ---- hearing ---- */
  function connect() {
    clearTimeout(reconnectTimer);
    if (source || !window.EventSource || document.hidden) return;
    source = new EventSource(`${base}/stream?after=${last}`);
    source.onopen = () => { reconnects = 0; clearInterval(pollTimer); pollTimer = 0; if (waiting.size) tryNow(); };
    source.addEventListener("message", (event) => receive([JSON.parse(event.data)]));
    source.addEventListener("about", (event) => aboutNow(JSON.parse(event.data)));
    source.addEventListener("status", (event) => say(JSON.parse(event.data).text));
    source.onerror = () => {
      source.close();
      source = null;
      poll();
      reconnectTimer = setTimeout(connect, Math.min(30000, 2000 * 2 ** reconnects++));
    };
  }

  function poll() { if (!pollTimer) { pollTimer = setInterval(sync, POLL_MS); sync(); } }

  async function sync() {
    try {
      const answer = await fetch(`${base}/messages?after=${last}`, { headers: { Accept: "application/json" } });
      const body = await answer.json();
      if (!answer.ok) return void (answer.status < 500 && tell(body.error));
      receive(body.messages);
      aboutNow(body.about);
      if (waiting.size && !sending && !retryTimer) work();
    } catch { /* asked again in a moment */ }
  }

  let revision = null;
  function aboutNow(about) {
    if (me === "member") {
      const now = `${about.revision}/${about.version}/${about.status}`;
      if (revision !== null && revision !== now) refreshDraft();
      revision = now;
      return;
    }
    const progress = document.querySelector("[data-progress]");
    const clip = document.querySelector("[data-attach]"); // where a resume is sent while one is wanted
    if (clip) { clip.hidden = !about.resume_url; if (about.resume_url) clip.action = about.resume_url; }
    if (progress) progress.textContent = `${about.done} of ${about.total} answered`;
    const words = {
      completed: "This interview is finished. You can still write here.",
      ended: "This interview has ended. You can still write here.",
      expired: "The time to answer has passed. You can still write here.",
      paused: "This interview is waiting. Write here to go on.",
    }[about.status];
    if (!note || note.dataset.status === about.status) return;
    note.dataset.status = about.status;
    note.hidden = !words;
    note.replaceChildren(words || "");
    if (/^https?:\/\//.test(about.redirect_url || "")) {
      const a = make("a", "button main", "Go on to the next page");
      a.href = about.redirect_url; a.rel = "noopener noreferrer";
      note.append(make("br"), a);
    }
  }

  /* ---- the draft beside the chat (members) ---- */
  let drafting = 0;
  async function refreshDraft() {
    if (!draftPane || first) return;
    const mine = ++drafting;
    try {
      const answer = await fetch(`${base}/draft`);
      const html = await answer.text();
      if (!answer.ok || mine !== drafting) return;
      const before = draftPane.innerHTML;
      const open = [...draftPane.querySelectorAll("details[open][id]")].map((d) => d.id);
      draftPane.innerHTML = html;  // our own fragment, escaped by its template
      for (const id of open) { const d = document.getElementById(id); if (d) d.open = true; }
      draftPane.dispatchEvent(new CustomEvent("botapp:put-in", { bubbles: true }));
      const title = find("title", document), heading = draftPane.querySelector("h2");
      if (title && heading && draftPane.querySelector(".draft-top")) title.textContent = document.title = heading.textContent;
      const fresh = find("fresh", document);
      if (fresh && before !== html && find("panes", document).dataset.view === "chat") fresh.hidden = false;
    } catch { /* the next reply asks again */ }
  }

  /* ---- the box ---- */
  function grow() {
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 2}px`;
  }
  function sendBox() {
    const text = box.value;
    if (!text.trim()) return;
    if (text.length > most) return tell(`That is longer than ${most.toLocaleString()} characters. Send it in shorter pieces.`);
    box.value = "";
    grow();
    try { sessionStorage.removeItem(`botapp:box:${key}`); } catch { /* not kept */ }
    send(text);
  }
  if (composer) {
    composer.addEventListener("submit", (event) => { event.preventDefault(); sendBox(); box.focus(); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
      const several = me === "member" && box.value.includes("\n");
      if (several && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      sendBox();
    });
    box.addEventListener("input", () => {
      grow();
      typingMayHaveEnded();
      try { sessionStorage.setItem(`botapp:box:${key}`, box.value); } catch { /* not kept */ }
    });
    if (picker) {
      picker.parentNode.classList.add("ready");
      picker.addEventListener("change", () => { sendFile(picker.files[0]); picker.value = ""; box.focus(); });
      root.addEventListener("dragover", (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); root.classList.add("drop"); } });
      root.addEventListener("dragleave", (event) => { if (!root.contains(event.relatedTarget)) root.classList.remove("drop"); });
      root.addEventListener("drop", (event) => {
        root.classList.remove("drop");
        if (!event.dataTransfer.files.length) return;
        event.preventDefault();
        for (const file of event.dataTransfer.files) sendFile(file);
      });
    }
    try { box.value = sessionStorage.getItem(`botapp:box:${key}`) || ""; } catch { /* not kept */ }
    grow();
  }
  document.addEventListener("click", (event) => {
    const sayer = event.target.closest("[data-say]");
    if (sayer && composer) { send(sayer.dataset.say); box.focus(); }
  });

  const copier = me === "candidate" && document.querySelector("[data-copy]");
  if (copier) copier.addEventListener("click", async () => {
    const own = document.querySelector("[data-own-link]");
    try {
      await navigator.clipboard.writeText(copier.dataset.copy);
      copier.textContent = "Copied";
      setTimeout(() => { copier.textContent = "Copy link"; }, 2000);
    } catch { own.hidden = false; own.focus(); own.select(); }
  });

  newer.addEventListener("click", () => { toEnd(); if (box) box.focus(); });
  let stuck = true;
  for (const el of [log, window]) el.addEventListener("scroll", () => { stuck = atEnd(); if (stuck) newer.hidden = true; }, { passive: true });
  new ResizeObserver(() => { if (stuck) toEnd(); }).observe(log);
  // A browser opens six connections to one host: a page nobody sees lets go of its stream, so that other tabs can load.
  const letGo = () => { if (source) { source.close(); source = null; } };
  document.addEventListener("visibilitychange", () => { if (document.hidden) letGo(); else { sync(); connect(); } });
  window.addEventListener("pagehide", letGo);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { sync(); connect(); } });
  window.addEventListener("online", () => { sync(); connect(); if (waiting.size) tryNow(); });
  window.addEventListener("offline", () => tell("No connection. What you write is kept here and sent as soon as there is one."));

  (async () => {
    await sync();
    for (const item of store.all()) {
      if (waiting.has(item.client_id)) continue;
      show(item);
      unended = unended || !item.button;
    }
    log.setAttribute("aria-busy", "false");
    first = false;
    tidy();
    toEnd();
    if (waiting.size) work();
    if (window.EventSource) connect(); else poll();
    if (box && matchMedia("(hover: hover)").matches) box.focus();
  })();
})();
