// A step written where there is no network waits in the browser, sealed with a key that only a page of the same
// signed-in worker holds. It is erased when it has been sent, when somebody signs out, and after an hour at the latest.
const STORE = "aktema-steps";
const HOUR_MS = 60 * 60 * 1000;
const PROBE_MS = 5000;
const WORDS = ["line", "own_line", "next_line"];
const NEVER_ACCEPTED = [400, 403, 404, 409, 413, 422];

const note = document.querySelector("[data-step-queue]");
const form = document.querySelector("form#log-step");
const said = {};

const toBase64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function everything() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]");
  } catch {
    return [];
  }
}

function keep(entries) {
  if (entries.length) {
    localStorage.setItem(STORE, JSON.stringify(entries));
  } else {
    localStorage.removeItem(STORE);
  }
}

const drop = (entry) => keep(everything().filter((one) => one.iv !== entry.iv));
const replace = (entry) => keep(everything().map((one) => (one.iv === entry.iv ? entry : one)));

function tell(kind, amount) {
  said[kind] = amount;
  const parts = Object.entries(said).filter(([, count]) => count > 0);
  note.querySelector("[data-text]").textContent = parts
    .map(([name, count]) => `${note.dataset[name]} ${count}.`)
    .join(" ");
  note.hidden = parts.length === 0;
}

function tellWhatWaits() {
  const waiting = everything();
  const kind = note.dataset.key ? "waiting" : "signIn";
  tell(kind, waiting.filter((one) => !one.refused).length);
  tell("refused", waiting.filter((one) => one.refused).length);
}

function dropOld() {
  const all = everything();
  const fresh = all.filter((one) => Date.now() - one.at < HOUR_MS);
  if (fresh.length < all.length) {
    keep(fresh);
    tell("lost", all.length - fresh.length);
  }
}

function sealingKey() {
  const bytes = Uint8Array.from(note.dataset.key.match(/../g), (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(step) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(step));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(), text);
  return { at: Date.now(), iv: toBase64(iv), sealed: toBase64(sealed), refused: false };
}

async function unseal(entry) {
  const how = { name: "AES-GCM", iv: fromBase64(entry.iv) };
  const text = await crypto.subtle.decrypt(how, await sealingKey(), fromBase64(entry.sealed));
  return JSON.parse(new TextDecoder().decode(text));
}

const isAtTheDoor = (answer) => new URL(answer.url).pathname === note.dataset.door;
const judged = (answer) => (NEVER_ACCEPTED.includes(answer.status) ? "refused" : "later");

// The page of the form says whether somebody is signed in, and holds a token that is good today.
async function post(step) {
  const page = await fetch(step.action, { credentials: "same-origin" });
  if (isAtTheDoor(page) || !page.ok) {
    return judged(page);
  }
  const html = new DOMParser().parseFromString(await page.text(), "text/html");
  const fields = new URLSearchParams(step.fields);
  fields.set("csrf_token", html.querySelector("form#log-step input[name=csrf_token]")?.value ?? "");
  const answer = await fetch(step.action, { method: "POST", body: fields, credentials: "same-origin" });
  return answer.ok && answer.redirected && !isAtTheDoor(answer) ? "sent" : judged(answer);
}

async function send(entry) {
  let step;
  try {
    step = await unseal(entry);
  } catch {
    drop(entry); // written by somebody else who used this browser
    return;
  }
  const outcome = await post(step);
  if (outcome === "sent") {
    drop(entry);
    tell("sent", (said.sent ?? 0) + 1);
  } else if (outcome === "refused") {
    replace({ ...entry, refused: true });
  }
}

async function sendAll() {
  for (const entry of everything().filter((one) => !one.refused)) {
    await send(entry).catch(() => {}); // still no network: it waits
  }
  tellWhatWaits();
}

const oneAtATime = (act) => (navigator.locks ? navigator.locks.request(STORE, act) : act());

async function isReached() {
  try {
    await fetch(note.dataset.probe, { signal: AbortSignal.timeout(PROBE_MS), cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

function beginAnew() {
  for (const name of WORDS) {
    form.elements[name].value = "";
  }
  form.elements.idempotency_key.value = crypto.randomUUID();
}

async function submitted(event) {
  event.preventDefault();
  event.stopPropagation();
  const button = event.submitter;
  if (button?.getAttribute("aria-busy")) {
    return;
  }
  button?.setAttribute("aria-busy", "true");
  if (await isReached()) {
    form.submit();
    return;
  }
  button?.removeAttribute("aria-busy");
  if (!form.elements.line.value.trim()) {
    form.elements.line.focus();
    return;
  }
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  keep([...everything(), await seal({ action: new URL(form.action).pathname, fields })]);
  beginAnew();
  tellWhatWaits();
  note.focus();
}

// What the server refused comes back into its form, to be mended there.
async function bringBack() {
  for (const entry of everything().filter((one) => one.refused)) {
    const step = await unseal(entry).catch(() => null);
    if (step?.action === new URL(form.action).pathname) {
      for (const [name, value] of step.fields.filter(([field]) => WORDS.includes(field))) {
        form.elements[name].value = value;
      }
      drop(entry);
      return;
    }
  }
}

async function begin() {
  dropOld();
  tellWhatWaits();
  setInterval(dropOld, 60 * 1000);
  document.querySelector("form[data-ends-session]")?.addEventListener("submit", () => keep([]));
  if (!note.dataset.key || !crypto.subtle) {
    return;
  }
  window.addEventListener("online", () => oneAtATime(sendAll));
  if (form) {
    form.addEventListener("submit", submitted);
    await bringBack();
  }
  await oneAtATime(sendAll);
}

if (note) {
  begin();
}
