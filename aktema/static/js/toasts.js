// Messages can be closed, and a form's error summary is where the reader starts.
function addClose(toast, label) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.textContent = label;
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
}

for (const room of document.querySelectorAll(".toasts")) {
  room.querySelectorAll(".toast").forEach((toast) => addClose(toast, room.dataset.closeLabel));
}

document.querySelector("[data-focus-first]")?.focus();
