// Says what is hard to read in an easy-read text while it is written. The text is looked through and forgotten.
const PAUSE_MS = 900;

async function look(room, field, findings, turn) {
  const token = room.closest("form")?.querySelector("[name=csrf_token]")?.value ?? "";
  turn.sent?.abort();
  turn.sent = new AbortController();
  try {
    const answer = await fetch(room.dataset.easyCheckUrl, {
      method: "POST",
      body: new URLSearchParams({ text: field.value }),
      credentials: "same-origin",
      redirect: "error",
      headers: { "X-CSRFToken": token },
      signal: turn.sent.signal,
    });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    show(findings, (await answer.text()).trim());
  } catch (error) {
    if (error.name !== "AbortError") {
      findings.textContent = room.dataset.easyFailed;
    }
  }
}

// The same words are not said twice to those who listen.
function show(findings, html) {
  const answer = document.createRange().createContextualFragment(html);
  if (answer.textContent.trim() !== findings.textContent.trim()) {
    findings.replaceChildren(answer);
  }
}

function watch(room) {
  const field = room.querySelector("textarea, input");
  const findings = room.querySelector("[data-easy-findings]");
  const turn = {};
  const start = () => look(room, field, findings, turn);
  room.querySelector("[data-easy-without-script]")?.remove();
  findings.id ||= `${field.id}-easy`;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${findings.id}`.trim());
  field.addEventListener("input", () => {
    clearTimeout(turn.timer);
    turn.timer = setTimeout(start, PAUSE_MS);
  });
  field.addEventListener("focus", () => {
    if (field.value && !findings.textContent.trim()) {
      start();
    }
  });
}

document.querySelectorAll("[data-easy-check-url]").forEach(watch);
