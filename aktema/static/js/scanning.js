// One key is enough: the focus moves by itself from choice to choice, and any key presses the one it stands on.
// The reader turns it on and chooses the pace; both are remembered on this device. Escape ends it.
const PACES = [4000, 3000, 2200, 1600, 1100];
const KEY = "aktema-scanning";
const LEFT_ALONE = new Set(["Tab", "Escape", "Shift", "Control", "Alt", "Meta"]);
const CHOICES = "a[href], button, input:not([type=hidden]), textarea, select, summary";

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function remember(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Storage is switched off: the choice lasts for this page.
  }
}

function scanner(bar) {
  const button = (act) => bar.querySelector(`[data-scan=${act}]`);
  const { isOn = false, pace = 1 } = remembered();
  const state = { isOn, pace };
  let timer = 0;
  let current = null;

  const choices = () => {
    const seen = [...document.querySelectorAll("main :is(" + CHOICES + ")")].filter(
      (one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }),
    );
    const isAid = (one) => one.closest("[data-speak-bar], [data-scan-bar]") !== null;
    return [...seen.filter((one) => !isAid(one)), ...seen.filter(isAid)];
  };

  const leave = () => {
    current?.classList.remove("is-scanned");
    current = null;
  };

  const step = () => {
    const all = choices();
    const next = all[(all.indexOf(current) + 1) % all.length];
    leave();
    current = next ?? null;
    current?.classList.add("is-scanned");
    current?.focus();
    current?.scrollIntoView({ block: "nearest" });
  };

  const run = () => {
    clearInterval(timer);
    button("toggle").setAttribute("aria-pressed", String(state.isOn));
    button("slower").hidden = button("faster").hidden = !state.isOn;
    button("slower").disabled = state.pace === 0;
    button("faster").disabled = state.pace === PACES.length - 1;
    remember(state);
    if (state.isOn) {
      timer = setInterval(step, PACES[state.pace]);
    } else {
      leave();
    }
  };

  const acts = {
    toggle: () => (state.isOn = !state.isOn),
    slower: () => (state.pace = Math.max(0, state.pace - 1)),
    faster: () => (state.pace = Math.min(PACES.length - 1, state.pace + 1)),
  };
  bar.addEventListener("click", (event) => {
    const act = acts[event.target.closest("[data-scan]")?.dataset.scan];
    if (act) {
      act();
      run();
    }
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!state.isOn) {
        return;
      }
      if (event.key === "Escape") {
        state.isOn = false;
        run();
      } else if (current && !LEFT_ALONE.has(event.key) && !current.matches("input, textarea, select")) {
        event.preventDefault();
        if (!event.repeat) {
          current.click();
        }
      }
    },
    true,
  );
  window.addEventListener("pagehide", () => clearInterval(timer));
  window.addEventListener("pageshow", (event) => event.persisted && run());
  bar.hidden = false;
  run();
}

document.querySelectorAll("[data-scan-bar]").forEach(scanner);
