// Keeps what is being typed: a pause in typing sends the form's fields to its draft address.
const PAUSE_MS = 1200;

const clock = () =>
  new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit" }).format(new Date()).replace(":", ".");

async function save(form, status) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) {
    if (value instanceof File) {
      fields.delete(name);
    }
  }
  try {
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: fields,
      credentials: "same-origin",
      redirect: "error",
      headers: { "X-CSRFToken": String(fields.get("csrf_token") ?? "") },
    });
    status.textContent = answer.ok ? `${status.dataset.saved} ${clock()}` : status.dataset.failed;
  } catch {
    status.textContent = status.dataset.failed;
  }
}

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form, status), PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

document.querySelectorAll("form[data-autosave-url]").forEach(watch);
