/* The phone simulator. It shows what the phone network of this machine holds, asked for again and again; a text is shown
   once the network has it. Text is only ever shown as text. */
"use strict";
(() => {
  const root = document.querySelector("[data-phone]");
  if (!root) return;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const { base } = root.dataset, most = Number(root.dataset.most);
  const log = find("log"), status = find("status"), nothing = find("nothing"), box = find("say-box"), count = find("count");
  const numberBox = find("number"), drawer = find("drawer"), switches = find("switches"), quick = find("quick"), file = find("file");
  const fileLabel = find("attach"), fileWords = fileLabel.textContent;
  const POLL_MS = 800, HIDDEN_MS = 4000, FILE_MOST = 2_500_000;
  const shown = new Map();  // id of a message -> {el, words, state}
  let number = numberBox.value, timer = 0, asked = 0, loaded = false, pressing = false, codes = "", lost = false;

  const make = (tag, className, text) => {
    const el = document.createElement(tag);
    if (className) el.className = className;
    if (text !== undefined) el.textContent = text;
    return el;
  };
  const tell = (words) => { if (status.textContent !== words) status.textContent = words; };
  const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  async function ask(path, body) {
    const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    let answer;
    try { answer = await fetch(base + path, options); }
    catch { throw new Error("botapp does not answer. Is it still running? This page tries again by itself."); }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.error || "That did not work. Load the page again.");
    return said;
  }

  /* ---- segments, as phone networks count them ---- */
  const GSM = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
  const TWICE = new Set("\f^{}\\[~]|€");
  function segments(text) {
    const letters = [...text], plain = letters.every((c) => GSM.has(c) || TWICE.has(c));
    const units = plain ? letters.length + letters.filter((c) => TWICE.has(c)).length : text.length;
    const [one, several] = plain ? [160, 153] : [70, 67];
    return units <= one ? 1 : Math.ceil(units / several);
  }
  function counted() {
    const long = box.value.length > most ? `, longer than ${most} characters` : "";
    count.textContent = box.value ? `${plural(segments(box.value), "segment")}${long}` : "";
    box.style.blockSize = "auto";
    box.style.blockSize = `${box.scrollHeight + 2}px`;
  }

  /* ---- showing ---- */
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  function element(line) {
    const el = make("div", `msg ${line.mine ? "theirs" : "ours"}`);
    const who = make("p", "who");
    who.append(line.mine ? "You" : "botapp", `, ${clock(line.at)}`);
    const bubble = make("div", "bubble", line.text || (line.files ? plural(line.files, "file") : ""));
    bubble.dir = "auto";
    const state = make("p", "state");
    state.setAttribute("aria-live", "off");
    el.append(who, bubble, state);
    return el;
  }
  function show(line) {
    const known = shown.get(line.id) || { el: element(line) };
    const files = line.files && line.text ? `, ${plural(line.files, "file")}` : "";
    const words = `${line.words}, ${plural(line.segments, "segment")}${files}`;
    if (known.words !== words || known.state !== line.state) {
      const state = known.el.querySelector(".state");
      state.textContent = words;
      state.className = `state ${line.state}`;
      for (const name of ["waiting", "failed"]) known.el.classList.toggle(name, line.state === name);
      if (loaded && known.words && line.state === "failed") tell(line.words);
      Object.assign(known, { words, state: line.state });
    }
    if (!shown.has(line.id)) { shown.set(line.id, known); return known.el; }
    return null;
  }
  function showAll(lines) {
    const follow = !loaded || atEnd(), fresh = lines.map(show).filter(Boolean);
    log.append(...fresh);
    nothing.hidden = lines.length > 0;
    if (fresh.length && follow) log.scrollTo({ top: log.scrollHeight, behavior: "instant" });
    loaded = true;
    log.setAttribute("aria-busy", "false");
  }
  function showNumbers(numbers) {
    const list = find("numbers");
    if (list.childElementCount === numbers.length) return;
    list.replaceChildren(...numbers.map((each) => { const o = make("option"); o.value = each; return o; }));
  }
  function showCodes(found) {
    const now = JSON.stringify(found);
    if (now === codes) return;
    codes = now;
    for (const old of quick.querySelectorAll("[data-code]")) old.remove();
    for (const { code, title } of found) {
      const b = make("button", "", `JOIN ${code}`);
      Object.assign(b.dataset, { say: `JOIN ${code}`, code });
      b.type = "button";
      b.title = title;
      quick.append(b);
    }
  }
  function showSwitches(state) {
    if (pressing || switches.contains(document.activeElement) && document.activeElement.matches("select")) return;
    for (const control of switches.querySelectorAll("[data-switch]")) {
      if (control.type === "checkbox") control.checked = Boolean(state[control.name]);
      else for (const o of control.options) o.selected = o.value === String(state[control.name]) || Number(o.value) === state[control.name];
    }
  }

  async function look() {
    clearTimeout(timer);
    const mine = ++asked;
    try {
      const found = await ask(`/messages?number=${encodeURIComponent(number)}`);
      if (mine !== asked) return;
      find("ours").textContent = found.ours.join(", ");
      showNumbers(found.numbers);
      showCodes(found.codes);
      showSwitches(found.switches);
      showAll(found.messages);
      if (lost) tell("");
      lost = false;
    } catch (error) {
      if (mine !== asked) return;
      lost = true;
      tell(error.message);
    }
    timer = setTimeout(look, document.hidden ? HIDDEN_MS : POLL_MS);
  }

  /* ---- doing ---- */
  async function say(text, attached) {
    const from = number;
    setTimeout(look, 60);  // the network has it before our webhook has answered
    try {
      await ask("/messages", { number: from, text, file: attached });
      tell("");
    } catch (error) {
      tell(error.message);
      if (!box.value && from === number) { box.value = text; counted(); }
    }
    look();
  }
  const encoded = (chosen) => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done({ type: chosen.type || "application/octet-stream", base64: String(reader.result).split(",")[1] || "" }));
    reader.addEventListener("error", () => failed(new Error("That file can't be read.")));
    reader.readAsDataURL(chosen);
  });

  find("composer").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = box.value, chosen = file.files[0];
    box.focus();
    if (!text.trim() && !chosen) return;
    if (text.length > most) return tell(`A text has ${most} characters at most.`);
    if (chosen && chosen.size > FILE_MOST) return tell("That file is larger than 2.5 MB. Choose a smaller one.");
    const attached = chosen ? await encoded(chosen).catch((error) => { tell(error.message); return null; }) : null;
    if (chosen && !attached) return;
    box.value = "";
    file.value = "";
    fileLabel.textContent = fileWords;
    counted();
    say(text, attached);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    find("composer").requestSubmit();
  });
  box.addEventListener("input", counted);
  fileLabel.addEventListener("click", () => file.click());
  file.addEventListener("change", () => { fileLabel.textContent = file.files[0] ? `File: ${file.files[0].name}` : fileWords; });
  quick.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-say]");
    if (pressed) say(pressed.dataset.say, null);
  });
  find("pick").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = numberBox.value.replace(/[\s().-]/g, "");
    if (!/^\+[1-9]\d{6,14}$/.test(typed)) return tell("That is no phone number. Write it with its country, like +12025550111.");
    if (typed !== number) {
      number = numberBox.value = typed;
      shown.clear();
      log.replaceChildren();
      loaded = false;
      log.setAttribute("aria-busy", "true");
    }
    tell(`This is the phone ${number} now.`);
    box.focus();
    look();
  });
  switches.addEventListener("change", async () => {
    const state = { number };
    for (const control of switches.querySelectorAll("[data-switch]")) {
      const plain = control.name === "fault" ? control.value : Number(control.value);
      state[control.name] = control.type === "checkbox" ? control.checked : plain;
    }
    pressing = true;
    try { await ask("/switches", state); tell("The network behaves like that now."); }
    catch (error) { tell(error.message); }
    pressing = false;
  });
  switches.addEventListener("submit", (event) => event.preventDefault());
  find("again").addEventListener("click", async () => {
    const mine = [...shown].filter(([, line]) => line.el.classList.contains("theirs"));
    if (!mine.length) return tell("This phone has not sent a text yet.");
    try { await ask("/again", { id: mine.at(-1)[0] }); tell("Handed in a second time."); }
    catch (error) { tell(error.message); }
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

  drawer.open = matchMedia("(min-width: 54rem)").matches;
  counted();
  look();
})();
