// Opens what is unfolded in the page as a window of its own instead.
function build(details) {
  const window_ = document.createElement("dialog");
  window_.className = "ds-dialog";
  window_.setAttribute("aria-labelledby", `${details.id}-title`);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "ds-button dialog-close";
  close.dataset.variant = "tertiary";
  close.textContent = details.dataset.closeLabel;
  close.addEventListener("click", () => window_.close());
  window_.append(details.querySelector("[data-dialog-body]"), close);
  details.after(window_);
  return window_;
}

function watch(details) {
  const startsOpen = details.open;
  const opener = details.querySelector("summary");
  const window_ = build(details);
  details.open = false;
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    window_.showModal();
  });
  window_.addEventListener("close", () => opener.focus());
  window_.addEventListener("click", (event) => {
    if (event.target === window_) {
      window_.close();
    }
  });
  if (startsOpen) {
    window_.showModal();
  }
}

document.querySelectorAll("details[data-dialog]").forEach(watch);
