// A field of pictures: its search button only searches, and Enter in its box does the same, so that nothing else
// in the form is sent by mistake. What is found comes by htmx, and what is checked among it stays when something
// else is searched for. Without scripts the button sends the whole form.

for (const button of document.querySelectorAll("[data-picture-search]")) {
  button.type = "button";
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-picture-words]")) {
    event.preventDefault();
    event.target.parentElement.querySelector("[data-picture-search]").click();
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.matches("[data-picture-found]")) {
    const picked = event.target.parentElement.querySelector("[data-picture-picked]");
    picked.append(...event.target.querySelectorAll(".picture-option:has(:checked)"));
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.matches("[data-picture-found]")) {
    const field = event.target.parentElement;
    const chosen = new Set([...field.querySelectorAll("input:checked")].map((box) => box.value));
    for (const box of event.target.querySelectorAll("input[type=checkbox]")) {
      if (chosen.has(box.value)) {
        box.closest(".picture-option").remove();
      }
    }
  }
});
