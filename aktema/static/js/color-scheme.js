// The reader's own choice of light or dark, remembered on this device. Runs before the page is drawn.
(() => {
  const root = document.documentElement;
  const key = "aktema-color-scheme";
  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const remember = (scheme) => {
    try {
      localStorage.setItem(key, scheme);
    } catch {
      // Storage is switched off: the choice lasts for this page.
    }
  };
  const isDark = () =>
    root.dataset.colorScheme === "dark" ||
    (!root.dataset.colorScheme && matchMedia("(prefers-color-scheme: dark)").matches);

  const chosen = read();
  if (chosen === "light" || chosen === "dark") {
    root.dataset.colorScheme = chosen;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const toggle = document.querySelector("[data-color-scheme-toggle]");
    if (!toggle) {
      return;
    }
    const show = () => toggle.setAttribute("aria-pressed", String(isDark()));
    toggle.hidden = false;
    show();
    toggle.addEventListener("click", () => {
      root.dataset.colorScheme = isDark() ? "light" : "dark";
      remember(root.dataset.colorScheme);
      show();
    });
  });
})();
