// Says how many characters are left, under text fields that have a limit.
function watch(field) {
  const limit = Number(field.dataset.count);
  const counter = document.createElement("p");
  counter.className = "field-counter muted";
  counter.id = `${field.id}-counter`;
  const tell = () => {
    const left = limit - field.value.length;
    const words = left < 0 ? field.dataset.over : field.dataset.left;
    counter.textContent = words.replace("{n}", String(Math.abs(left)));
  };
  field.after(counter);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
  field.removeAttribute("maxlength");
  field.addEventListener("input", tell);
  tell();
}

document.querySelectorAll("textarea[data-count]").forEach(watch);
